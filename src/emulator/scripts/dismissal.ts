/** A chat that falls asleep while nobody writes, and goes on when the visitor comes back. */
export const dismissal = String.raw`about: >
  Nobody writes for half a minute, and the chat is put to sleep. The visitor may come back and go on.
queues:
  100: Support
  101: Orders
new_chat: agent
silence: { dismissed_after: 30 s, ended_after: 10 min }

people:
  Jane Doe:
    role: agent
    typing: [800 ms, 2 s]
    greets: Hi {visitor}, this is Jane. How can I help?
    answers:
      - when: [bye, goodbye, that’s all, that's all]
        says: Have a lovely day!
        then: end
    otherwise:
      - Take your time. I am here for another half a minute.
    on_return: Welcome back, {visitor}! Where were we?
`;
