/** What `npm start` shows: two assistants, a person, and a private task in between. */
export const demo = String.raw`about: >
  Harbor & Pine, a shop for outdoor gear that does not exist. Ava answers first and hands orders over to Finn;
  Jane Doe is a person; the verification assistant asks for a code that Jane never gets to see.
queues:
  100: Support
  101: Orders
new_chat: virtual_agent
asking_for_a_human:
  comes_after: 1.5 s

people:
  Ava:
    role: virtual_agent
    queues: [100]
    greets: Hi! I’m Ava, the virtual assistant of Harbor & Pine.
    answers:
      - &a_person
        when:
          - human
          - person
          - agent
          - representative
          - operator
          - real people
          - talk to someone
          - talk to somebody
          - speak to someone
          - speak to somebody
        says: Of course. I’ll find someone from our team for you, one moment please.
        then: escalate
      - matching: what (can|do) you (do|know|help)|how can you help|^\s*help\b
        says:
          - markdown: |
              I can help with:

              - **Orders**: where yours is, and when it arrives
              - **Returns**: how to send something back
              - **Gear**: what is new in our shops
              - **Opening hours** of our shops

              And whenever you’d rather have a person, just say **talk to a person**.
          - title: What is it about?
            buttons: [My order, Returns, New gear, Opening hours]
      - when: [opening, hours, open, close, closed, closing]
        says:
          markdown: |
            Our shops are open:

            - **Monday to Friday**: 9 am to 7 pm
            - **Saturday**: 10 am to 5 pm
            - **Sunday**: closed

            The one nearest to you is on [our map](https://example.com/shops).
      - &returns
        when: [return, returns, exchange, money back]
        says:
          markdown: |
            You have **60 days** to change your mind:

            1. Open [your orders](https://example.com/returns)
            2. Choose what goes back
            3. Drop the parcel off, the label is on us

            The refund arrives within **3 working days**.
      - when: [gear, new, products, tent, tents, backpack, backpacks]
        says:
          - Here is what came in this week.
          - cards:
              - title: Ridge tent
                subtitle: Two persons, 1.9 kg
                body: Stands up to a storm, and down to a small pack.
                link: https://example.com/tents/ridge
                buttons: [Tell me more]
              - title: Heron backpack
                subtitle: 45 litres
                body: Carries well, even when it is too full.
                link: https://example.com/backpacks/heron
                buttons: [Tell me more]
      - when: [newsletter, sign up]
        says:
          form: { name: newsletter, title: Our newsletter, link: https://example.com/forms/newsletter }
      - &order_number
        matching: (?<!\d)#?(\d{4,10})(?!\d)
        says: &found_order
          markdown: |
            Found it! Here is order **{1}**:

            - **Packed** in our warehouse on Monday
            - **Handed over** to the carrier yesterday
            - **Arrives** tomorrow before 6 pm

            You can follow it on [the tracking page](https://example.com/track).
      - when: &order_words [order, orders, delivery, delivered, parcel, package, shipping, track, tracking]
        says: Finn knows everything about orders, I’ll hand you over.
        then:
          transfer: { to: Finn, data: { topic: orders } }
      - when: [thanks, thank you, great, perfect]
        says: You’re very welcome! Is there anything else I can do?
      - when: [bye, goodbye, that’s all, that's all]
        says: Bye for now, and enjoy the outdoors!
      - matching: ^\s*(hi|hello|hey|good (morning|afternoon|evening))\b
        says: Hello {visitor}! What can I do for you?
        not_after_greeting: true
    otherwise:
      - I’m not sure I got that. I know about orders, returns and opening hours.
      - markdown: Sorry, that one is beyond me. Say **talk to a person** and I’ll fetch someone from our team.

  Finn:
    role: virtual_agent
    queues: [101]
    greets: Hello, I’m Finn, the virtual assistant for orders. What is your order number? It looks like 48213.
    answers:
      - *a_person
      - *order_number
      - *returns
      - when: *order_words
        says: What is your order number? It stands in your confirmation e-mail.
        not_after_greeting: true
      - when: [thanks, thank you]
        says: Any time!
      - matching: ^\s*(hi|hello|hey)\b
        says: Hello! Which order is it about?
        not_after_greeting: true
    otherwise:
      - I only know about orders. Send me an order number, or ask for a person.

  Jane Doe:
    role: agent
    typing: [800 ms, 2 s]
    greets: Hi {visitor}, this is Jane from Harbor & Pine. I’ve read what you wrote so far. How can I help?
    answers:
      - matching: \b(bye|goodbye|that.?s (all|it|everything)|nothing else|no,? (thanks|thank you))\b
        says: It was a pleasure. Have a lovely day, and come back any time!
        then: end
      - when: [address, verify, password, e-mail, email, account, refund]
        says:
          - I can do that for you. First we have to make sure it’s really you.
          - Our verification assistant will ask you for a code now. I can’t see it.
        then: start_task
      - when: [receipt, invoice, bill]
        says:
          - Here is the receipt of your last order.
          - file:
              name: receipt.txt
              text: |
                Harbor & Pine
                1 Ridge tent   249.00
                Paid by card, thank you!
      - when: [late, order, parcel, delivery, where]
        says:
          - Let me look into that.
          - It’s out for delivery and should be with you tomorrow. I’ve asked the carrier to ring.
      - when: [broken, damaged, torn, wrong]
        says:
          - Oh no, I’m sorry about that!
          - I’ll send you a new one today, and you can keep the old one.
      - when: [bot, robot, human, real]
        says: Quite human, with a cup of tea next to me.
      - when: [thanks, thank you, great, perfect]
        says: Glad I could help! Is there anything else?
      - matching: ^\s*(hi|hello|hey|hello\?)
        says: Hello {visitor}! What’s on your mind?
        not_after_greeting: true
    otherwise:
      - I see. Could you tell me a little more?
      - - Thanks, that helps. I’ve made a note of it.
        - Anything else while we’re at it?
      - Understood. I’ll take care of it right away.
    after_task: Thank you, that’s all I needed. It’s done now. Anything else?

  Verification assistant:
    role: task_virtual_agent
    greets: Please enter the 6-digit code from your e-mail. Your agent can’t see it.
    answers:
      - matching: ^\D*\d{3}[\s-]?\d{3}\D*$
        says: Thank you, the code is right. I’ll hand you back to your agent.
        then: hand_back
    otherwise:
      - That doesn’t look like a 6-digit code. Please try again.
      - I need exactly six digits, for example from the subject line of the e-mail we just sent.
`;
