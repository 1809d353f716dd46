import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createEmulator, ScriptError } from '../../src/emulator/index.js';
import { readScript } from '../../src/emulator/script-reader.js';
import { createStage } from './stage.js';

/** A whole script whose one person says this. */
function saying(...lines: readonly string[]): string {
  return ['queues: { 100: Help }', 'people:', '  Kim:', '    role: agent', ...lines.map((line) => `    ${line}`)].join(
    '\n',
  );
}

describe('what a scripted person says', () => {
  const lines: [string, string, unknown[]][] = [
    ['a text', 'greets: Hello', ['Hello']],
    ['a text that looks like a number', 'greets: 42', ['42']],
    ['several lines', 'greets: [Hello, there]', ['Hello', 'there']],
    ['a marked text', 'greets: { text: "a: b" }', ['a: b']],
    ['markdown', 'greets: { markdown: "**Hi**" }', [{ type: 'markdown', content: '**Hi**' }]],
    [
      'buttons (platform: What a virtual agent can emit)',
      'greets: { title: Select, buttons: [Yes, { title: Human please, escalates: true }, { title: Open, link: "https://a.example" }] }',
      [
        {
          type: 'inline_button',
          title: 'Select',
          buttons: [
            { title: 'Yes', action: 'quick_reply' },
            { title: 'Human please', action: 'escalation' },
            { title: 'Open', action: 'quick_reply_link', link: 'https://a.example' },
          ],
        },
      ],
    ],
    [
      'pinned buttons',
      'greets: { buttons: [Yes], pinned: true }',
      [{ type: 'sticky_button', buttons: [{ title: 'Yes', action: 'quick_reply' }] }],
    ],
    [
      'cards',
      'greets: { cards: [{ title: T, subtitle: S, body: B, link: "https://a.example", images: [https://a.example/1.jpg], buttons: [More] }] }',
      [
        {
          type: 'content_card',
          cards: [
            {
              title: 'T',
              subtitle: 'S',
              body: 'B',
              link: 'https://a.example',
              images: ['https://a.example/1.jpg'],
              buttons: [{ title: 'More' }],
            },
          ],
        },
      ],
    ],
    [
      'any other message of the platform',
      'greets: { message: { type: image, title: Look, images: [{ url: "https://a.example/1.jpg" }] } }',
      [{ type: 'image', title: 'Look', images: [{ url: 'https://a.example/1.jpg' }] }],
    ],
  ];
  for (const [what, text, expected] of lines) {
    test(`can be ${what}`, () => {
      assert.deepEqual(readScript('a.yaml', saying(text)).cast[0]?.greeting, expected);
    });
  }
});

describe('a script', () => {
  test('can be written as JSON', () => {
    const json = JSON.stringify({ queues: { 100: 'Help' }, people: { Kim: { role: 'agent', greets: 'Hello' } } });
    assert.deepEqual(readScript('a.json', json).cast[0]?.greeting, ['Hello']);
  });

  test('fills in the visitor’s name and what a pattern captured, in texts however deep', async () => {
    const answer = 'answers: [{ matching: "order (\\\\d+)", says: [{ title: "{visitor}, {1}?", buttons: ["{1}"] }] }]';
    const stage = createStage({ scripts: { mine: `new_chat: agent\n${saying(answer)}` }, script: 'mine' });
    const chat = await stage.openChat({ name: 'Ann' });
    await stage.pass(1000);
    await stage.write(chat, 'my order 4711');
    await stage.pass(1000);
    assert.deepEqual(stage.webhooks.at(-1)?.envelope.body.message, {
      type: 'inline_button',
      title: 'Ann, 4711?',
      buttons: [{ title: '4711', action: 'quick_reply' }],
    });
  });

  test('understands times', () => {
    const at = (time: string): unknown =>
      readScript('a', `asking_for_a_human: { comes_after: ${time} }\n${saying()}`).asking?.comesAfter;
    assert.deepEqual(['300 ms', '1.5 s', '2 min', '3', '0'].map(at), [300, 1500, 120_000, 3000, 0]);
  });

  test('can share answers between people', () => {
    const text = saying('answers: &all [{ when: hi, says: Hello }]') + '\n  Lee:\n    role: agent\n    answers: *all';
    assert.equal(readScript('a.yaml', text).cast[1]?.rules[0]?.say[0], 'Hello');
  });

  test('is the first one given where none is named', async () => {
    const scripts = { mine: `new_chat: agent\n${saying('greets: Moin')}` };
    const emulator = createEmulator({ scripts });
    const journal = (await (await emulator.fetch(new Request('http://localhost/emulator/journal'))).json());
    assert.equal(journal.run.script.name, 'mine');
    emulator.stop();
  });
});

describe('a wrong script is told in one sentence, with file, line and what was expected', () => {
  const top = 'queues:\n  100: Help\n';
  const mistakes: [string, string][] = [
    ['', 'a.yaml:1: the script takes about, queues, new_chat, asking_for_a_human, silence, people.'],
    ['- a', 'a.yaml:1: the script takes about, queues, new_chat, asking_for_a_human, silence, people.'],
    ['people: {}', 'a.yaml:1: the script needs queues.'],
    [top, 'a.yaml:1: the script needs people.'],
    ['queues: { 7: Help }\npeople: {}', 'a.yaml:1: queues needs queue 100, which every script has.'],
    ['queues:\n  support: Help\npeople: {}', 'a.yaml:2: queues.support takes numbers and names, such as 100: Support.'],
    [
      `${top}peoples: {}`,
      'a.yaml:3: the script has no "peoples"; it has about, queues, new_chat, asking_for_a_human, silence, people.',
    ],
    [`${top}people:\n  Kim:\n    says: hi`, 'a.yaml:5: people.Kim has no "says"; it has role, queues, arrives, typing, greets, on_arrival, answers, otherwise, after_task, during_task, on_return.'],
    [`${top}people:\n  Kim:\n    role: bot`, 'a.yaml:5: people.Kim.role takes agent, virtual_agent or task_virtual_agent.'],
    [`${top}people:\n  Kim: {}`, 'a.yaml:4: people.Kim needs a role.'],
    [saying('typing: [2 s, 1 s]'), 'a.yaml:5: people.Kim.typing takes the shortest pause first.'],
    [saying('typing: soon'), 'a.yaml:5: people.Kim.typing takes the shortest and the longest pause, such as [300 ms, 2 s].'],
    [saying('arrives: soon'), 'a.yaml:5: people.Kim.arrives takes a time such as "300 ms", or never.'],
    [saying('on_arrival: dance'), 'a.yaml:5: people.Kim.on_arrival takes escalate, end, start_task, hand_back, force_end_task, dismiss, or one of transfer: fail: deflect:.'],
    [saying('queues: [102]'), 'a.yaml:5: people.Kim.queues[1] names a queue that there is not; there are 100.'],
    [
      saying('answers:', '  - when: hi', '    says:', '      - Hello', '      - sings: la'),
      'a.yaml:9: people.Kim.answers[1].says[2] takes a text, or one of text: markdown: buttons: cards: form: file: message:.',
    ],
    [saying('answers:', '  - says: Hello'), 'a.yaml:6: people.Kim.answers[1] needs either when: (words) or matching: (a pattern).'],
    [saying('answers:', '  - when: hi'), 'a.yaml:6: people.Kim.answers[1] needs says or then.'],
    [
      saying('answers:', '  - matching: "("', '    says: x'),
      'a.yaml:6: people.Kim.answers[1].matching takes a pattern, and this is no JavaScript regular expression.',
    ],
    [
      saying('answers:', '  - when: hi', '    then: dance'),
      'a.yaml:7: people.Kim.answers[1].then takes escalate, end, start_task, hand_back, force_end_task, dismiss, or one of transfer: fail: deflect:.',
    ],
    [
      saying('answers:', '  - when: hi', '    then: { transfer: Bob }'),
      'a.yaml:7: people.Kim.answers[1].then.transfer names nobody who is a virtual agent here; there are none.',
    ],
    [
      saying('answers:', '  - when: hi', '    then: { fail: boredom }'),
      'a.yaml:7: people.Kim.answers[1].then.fail takes unknown, no_response, expired, after_hours, escalation_failed, expired_menu_selection, end_user_opt_out, over_cap_email or group_deleted_no_substitute.',
    ],
    [saying('greets: { file: { name: a.exe, text: x } }'), 'a.yaml:5: people.Kim.greets.file needs a name that ends in .txt or .csv.'],
    [saying('greets: { cards: [{ body: x }] }'), 'a.yaml:5: people.Kim.greets.cards[1] needs a title.'],
    [saying('greets:'), 'a.yaml:5: people.Kim.greets takes a text, or one of text: markdown: buttons: cards: form: file: message:.'],
    [
      `${saying()}\nasking_for_a_human: { comes_after: later }`,
      'a.yaml:5: asking_for_a_human.comes_after takes a time such as "300 ms", "1.5 s" or "2 min".',
    ],
    [
      `${saying()}\nasking_for_a_human: { reason: over_capacity }`,
      'a.yaml:5: asking_for_a_human needs deflected_after beside reason and offers.',
    ],
    ['queues: {\npeople: }', 'a.yaml:2: this is not YAML: Flow map'],
    ['about: "no end', 'a.yaml:1: this is not YAML: Missing closing "quote'],
    [`silence: { dismissed_after: 2 min, ended_after: 1 min }\n${saying()}`, 'a.yaml:1: silence needs dismissed_after to be no longer than ended_after.'],
    [`${top}queues: {}`, 'a.yaml:3: this is not YAML: Map keys must be unique.'],
  ];
  for (const [text, message] of mistakes) {
    test(message, () => {
      const isExpected = (error: unknown): boolean => {
        assert.ok(error instanceof ScriptError, String(error));
        if (message.endsWith('.')) assert.equal(error.message, message);
        else assert.ok(error.message.startsWith(message) && error.message.endsWith('.'), error.message);
        assert.equal(error.line, Number(/:(\d+):/.exec(message)?.[1]));
        assert.doesNotMatch(error.message, /\n/);
        return true;
      };
      assert.throws(() => createEmulator({ scripts: { 'a.yaml': text } }), isExpected);
    });
  }
});
