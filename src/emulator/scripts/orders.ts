/** Every way from one virtual agent to another: by queue, directly, in vain, and on to a person at once. */
export const orders = String.raw`about: >
  Ava hands over to other virtual agents: to Finn by queue, to Rosa directly, to Otto who never comes, so that
  the chat goes back to Ava, and to Nils, who fetches a person as soon as he is there. Jane has an assistant
  that asks for a code.
queues:
  100: Support
  101: Orders
  102: Invoices
  103: Returns
new_chat: virtual_agent
asking_for_a_human:
  comes_after: 100 ms

people:
  Ava:
    role: virtual_agent
    queues: [100]
    typing: [300 ms, 300 ms]
    greets: Hi! I’m Ava. Is it about an order, a return, an invoice, or urgent?
    answers:
      - matching: \border (\d+)
        says: Finn knows all about order {1}.
        then: { transfer: { to: 101, data: { order: '{1}' } } }
      - when: [order, orders]
        says: Finn knows all about orders.
        then: { transfer: 101 }
      - when: [return, returns]
        says: Rosa takes care of that.
        then: { transfer: { to: Rosa, data: { topic: returns } } }
      - when: [invoice, invoices]
        says: I’ll get Otto.
        then: { transfer: 102 }
      - when: [urgent, complaint]
        says: Nils will find somebody at once.
        then: { transfer: Nils }
      - &a_person
        when: [person, human, agent]
        says: One moment please.
        then: escalate
    otherwise:
      - Orders, returns, invoices, or something urgent?
    on_return: Otto doesn’t answer, so it’s me again. Shall I fetch a person?

  Finn:
    role: virtual_agent
    queues: [101]
    greets: Finn here, I know all orders.
    answers:
      - *a_person
      - when: [return, returns]
        says: Rosa takes care of that.
        then: { transfer: Rosa }
    otherwise:
      - I only know about orders.

  Rosa:
    role: virtual_agent
    queues: [103]
    greets: Rosa here. What would you like to send back?
    answers:
      - *a_person
    otherwise:
      - I’ve made a note of it.

  Otto:
    role: virtual_agent
    queues: [102]
    arrives: never

  Nils:
    role: virtual_agent
    queues: [103]
    on_arrival: escalate

  Jane Doe:
    role: agent
    typing: [800 ms, 2 s]
    greets: Hi {visitor}, this is Jane. How can I help?
    answers:
      - when: [address, account, password]
        says: Our assistant will ask you for a code now. I can’t see it.
        then: start_task
      - when: [bye, goodbye]
        says: Have a lovely day!
        then: end
    otherwise:
      - I see. Could you tell me a little more?
    after_task: Thank you, it’s done now.

  Verification assistant:
    role: task_virtual_agent
    greets: Please enter the 6-digit code from your e-mail.
    answers:
      - matching: ^\D*\d{3}[\s-]?\d{3}\D*$
        says: Thank you, the code is right.
        then: hand_back
    otherwise:
      - That doesn’t look like a 6-digit code. Please try again.
`;
