/** A human who loses patience with a task and ends it. */
export const forcedEnd = String.raw`about: >
  Jane lets the verification assistant ask for a code, and ends the task herself when none comes within
  fifteen seconds.
queues:
  100: Support
  101: Orders
new_chat: agent

people:
  Jane Doe:
    role: agent
    typing: [800 ms, 2 s]
    greets: Hi {visitor}, this is Jane. What would you like to change?
    answers:
      - when: [bye, goodbye, that’s all, that's all]
        says: Have a lovely day!
        then: end
      - when: [address, password, e-mail, email, account, verify]
        says: Our verification assistant will ask you for a code first. I can’t see it.
        then: start_task
    otherwise:
      - Is it your address, your e-mail or your password?
    during_task: { after: 15 s, then: force_end_task }
    after_task: We’ll do without the code this time. I have sent you a letter instead.

  Verification assistant:
    role: task_virtual_agent
    greets: Please enter the 6-digit code from your e-mail. Your agent can’t see it.
    answers:
      - matching: ^\D*\d{3}[\s-]?\d{3}\D*$
        says: Thank you, the code is right. I’ll hand you back to your agent.
        then: hand_back
    otherwise:
      - That doesn’t look like a 6-digit code. Please try again.
`;
