import type { Script } from '../script.js';

/** Nobody does anything by themselves: a test or a person at the desk speaks for everyone. */
export const quiet: Script = {
  name: 'quiet',
  menus: [
    { id: 100, name: 'Support' },
    { id: 101, name: 'Orders' },
  ],
  virtualAgentOpens: false,
  cast: [
    { kind: 'virtual_agent', name: 'Ava' },
    { kind: 'virtual_agent', name: 'Finn' },
    { kind: 'agent', name: 'Jane Doe' },
    { kind: 'task_virtual_agent', name: 'Verification assistant' },
  ],
};
