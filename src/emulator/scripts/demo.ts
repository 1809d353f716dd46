import { markdown, type Rule, type Script } from '../script.js';

/*
 * Harbor & Pine, a shop for outdoor gear that does not exist. Ava answers first, Finn knows the orders, Jane
 * Doe is a person, and the verification assistant asks for a code that Jane never gets to see.
 */

const wantsAPerson: Rule = {
  when: [
    ...['human', 'person', 'agent', 'representative', 'operator', 'real people'],
    ...['talk to someone', 'talk to somebody', 'speak to someone', 'speak to somebody'],
  ],
  say: ['Of course. I’ll find someone from our team for you, one moment please.'],
  then: 'escalate',
};

const orderNumber: Rule = {
  when: /(?<!\d)#?(\d{4,10})(?!\d)/,
  say: [
    markdown(
      'Found it! Here is order **{1}**:',
      '',
      '- **Packed** in our warehouse on Monday',
      '- **Handed over** to the carrier yesterday',
      '- **Arrives** tomorrow before 6 pm',
      '',
      'You can follow it on [the tracking page](https://example.com/track).',
    ),
  ],
};

const orderStatus: Rule = {
  when: ['order', 'orders', 'delivery', 'delivered', 'parcel', 'package', 'shipping', 'track', 'tracking'],
  say: [
    markdown(
      'Happy to look that up. What is your order number? It looks like `48213`, see your confirmation e-mail.',
    ),
  ],
};

const returns: Rule = {
  when: ['return', 'returns', 'refund', 'exchange', 'money back'],
  say: [
    markdown(
      'You have **60 days** to change your mind:',
      '',
      '1. Open [your orders](https://example.com/returns)',
      '2. Choose what goes back',
      '3. Drop the parcel off, the label is on us',
      '',
      'The refund arrives within **3 working days**.',
    ),
  ],
};

const menus = [
  { id: 100, name: 'Support' },
  { id: 101, name: 'Orders' },
] as const;

/** What `npm start` shows: an assistant, a person, and a private task in between. */
export const demo: Script = {
  name: 'demo',
  menus,
  virtualAgentOpens: true,
  acceptsAfter: 1500,
  cast: [
    {
      kind: 'virtual_agent',
      name: 'Ava',
      menuIds: [100],
      greeting: ['Hi! I’m Ava, the virtual assistant of Harbor & Pine.'],
      rules: [
        wantsAPerson,
        {
          when: /what (can|do) you (do|know|help)|how can you help|^\s*help\b/i,
          say: [
            markdown(
              'I can help with:',
              '',
              '- **Orders**: where yours is, and when it arrives',
              '- **Returns**: how to send something back',
              '- **Opening hours** of our shops',
              '',
              'And whenever you’d rather have a person, just say `talk to a person`.',
            ),
          ],
        },
        {
          when: /\b(opening|hours|open|close|closed|closing)\b/i,
          say: [
            markdown(
              'Our shops are open:',
              '',
              '- **Monday to Friday**: 9 am to 7 pm',
              '- **Saturday**: 10 am to 5 pm',
              '- **Sunday**: closed',
              '',
              'The one nearest to you is on [our map](https://example.com/shops).',
            ),
          ],
        },
        returns,
        orderNumber,
        orderStatus,
        {
          when: ['thanks', 'thank you', 'great', 'perfect'],
          say: ['You’re very welcome! Is there anything else I can do?'],
        },
        {
          when: ['bye', 'goodbye', 'that’s all', "that's all"],
          say: ['Bye for now, and enjoy the outdoors!'],
        },
        {
          when: /^\s*(hi|hello|hey|good (morning|afternoon|evening))\b/i,
          say: ['Hello {visitor}! What can I do for you?'],
          isGreeting: true,
        },
      ],
      fallbacks: [
        ['I’m not sure I got that. I know about orders, returns and opening hours.'],
        [
          markdown(
            'Sorry, that one is beyond me. Say `talk to a person` and I’ll fetch someone from our team.',
          ),
        ],
      ],
    },
    {
      kind: 'virtual_agent',
      name: 'Finn',
      menuIds: [101],
      greeting: ['Hello, I’m Finn, the virtual assistant for orders.'],
      rules: [
        wantsAPerson,
        orderNumber,
        returns,
        orderStatus,
        { when: ['thanks', 'thank you'], say: ['Any time!'] },
        { when: /^\s*(hi|hello|hey)\b/i, say: ['Hello! Which order is it about?'], isGreeting: true },
      ],
      fallbacks: [['I only know about orders. Send me an order number, or ask for a person.']],
    },
    {
      kind: 'agent',
      name: 'Jane Doe',
      typing: { from: 800, to: 2000 },
      greeting: [
        'Hi {visitor}, this is Jane from Harbor & Pine. I’ve read what you wrote so far. How can I help?',
      ],
      rules: [
        {
          when: /\b(bye|goodbye|that.?s (all|it|everything)|nothing else|no,? (thanks|thank you))\b/i,
          say: ['It was a pleasure. Have a lovely day, and come back any time!'],
          then: 'end',
        },
        {
          when: ['address', 'verify', 'password', 'e-mail', 'email', 'account', 'refund'],
          say: [
            'I can do that for you. First we have to make sure it’s really you.',
            'Our verification assistant will ask you for a code now. I can’t see it.',
          ],
          then: 'start-task',
        },
        {
          when: ['late', 'order', 'parcel', 'delivery', 'where'],
          say: [
            'Let me look into that.',
            'It’s out for delivery and should be with you tomorrow. I’ve asked the carrier to ring.',
          ],
        },
        {
          when: ['broken', 'damaged', 'torn', 'wrong'],
          say: [
            'Oh no, I’m sorry about that!',
            'I’ll send you a new one today, and you can keep the old one.',
          ],
        },
        { when: ['bot', 'robot', 'human', 'real'], say: ['Quite human, with a cup of tea next to me.'] },
        {
          when: ['thanks', 'thank you', 'great', 'perfect'],
          say: ['Glad I could help! Is there anything else?'],
        },
        {
          when: /^\s*(hi|hello|hey|hello\?)/i,
          say: ['Hello {visitor}! What’s on your mind?'],
          isGreeting: true,
        },
      ],
      fallbacks: [
        ['I see. Could you tell me a little more?'],
        ['Thanks, that helps. I’ve made a note of it.', 'Anything else while we’re at it?'],
        ['Understood. I’ll take care of it right away.'],
      ],
      afterTask: ['Thank you, {visitor}, that’s all I needed. It’s done now. Anything else?'],
    },
    {
      kind: 'task_virtual_agent',
      name: 'Verification assistant',
      greeting: ['Please enter the 6-digit code from your e-mail. Your agent can’t see it.'],
      rules: [
        {
          when: /^\D*\d{3}[\s-]?\d{3}\D*$/,
          say: ['Thank you, the code is right. I’ll hand you back to your agent.'],
          then: 'hand-back',
        },
      ],
      fallbacks: [
        ['That doesn’t look like a 6-digit code. Please try again.'],
        ['I need exactly six digits, for example from the subject line of the e-mail we just sent.'],
      ],
    },
  ],
};
