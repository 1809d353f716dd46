/** Everybody is busy: the visitor chooses between waiting, e-mail and a page. */
export const overCapacity = String.raw`about: >
  Everybody is busy. Whoever asks for a person is offered to keep waiting, to write an e-mail, or a page that
  helps. Jane comes to those who keep waiting.
queues:
  100: Support
  101: Orders
new_chat: virtual_agent
asking_for_a_human:
  deflected_after: 1 s
  reason: over_capacity
  offers:
    - human_agent
    - email
    - { channel: external_link, label: Help center, url: https://example.com/help }
    - virtual_agent
  comes_after: 6 s

people:
  Ava:
    role: virtual_agent
    greets: Hi! I’m Ava, the virtual assistant of Harbor & Pine. Shall I fetch a person?
    answers:
      - when: ['yes', person, human, agent, please]
        says: One moment, I’ll see who is there.
        then: escalate
    otherwise:
      - I can only fetch a person for you. Just say so.
  Jane Doe:
    role: agent
    typing: [800 ms, 2 s]
    greets: Hi {visitor}, this is Jane. How can I help?
    answers:
      - when: [bye, goodbye, that’s all, that's all]
        says: Have a lovely day!
        then: end
    otherwise:
      - I see. Could you tell me a little more?
`;
