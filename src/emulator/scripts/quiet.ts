/** Nobody does anything by themselves: a test or a person at the desk speaks for everyone. */
export const quiet = String.raw`about: Nobody says or does anything. You play everybody, at the agent desk or in a test.
queues:
  100: Support
  101: Orders
people:
  Ava: { role: virtual_agent }
  Finn: { role: virtual_agent }
  Jane Doe: { role: agent }
  Verification assistant: { role: task_virtual_agent }
`;
