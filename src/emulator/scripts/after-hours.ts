/** It is late: no person comes, the visitor may write an e-mail or read a page. */
export const afterHours = String.raw`about: >
  It is late. Ava answers, but no person comes: whoever asks for one is offered an e-mail or a page that helps.
queues:
  100: Support
  101: Orders
new_chat: virtual_agent
asking_for_a_human:
  deflected_after: 1 s
  reason: after_hours
  offers:
    - email
    - { channel: external_link, label: Opening hours, url: https://example.com/shops }
    - virtual_agent

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
`;
