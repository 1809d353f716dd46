#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { PortTakenError } from '../adapters/node/index.js';
import { StoreFileError } from '../adapters/sqlite/index.js';
import { version } from '../relay/index.js';
import { runEmulator } from './emulator.js';
import { EnvironmentError } from './environment.js';
import { runRelay } from './relay.js';
import { scriptNames } from './script-file.js';
import { UsageError } from './usage-error.js';

const usage = `Usage: ccai-chat <command>

  relay                     the server behind the widget, configured by the environment
  emulator [--script name]  the platform, emulated, for tests and trials
                            (a file, or ${scriptNames})

  --help                    this text
  --version                 ${version}

The variables are described in the README.`;

async function main(): Promise<void> {
  const { positionals, values } = parseCommandLine();
  const [command, ...rest] = positionals;
  if (values.help) console.log(usage);
  else if (values.version) console.log(version);
  else if (rest.length > 0)
    throw new UsageError(`Only one command can be run, not ${positionals.join(' and ')}.`);
  else if (command === 'relay' && values.script === undefined) await runRelay(process.env);
  else if (command === 'emulator') await runEmulator(process.env, { script: values.script });
  else if (command === 'relay') throw new UsageError('The relay takes no script: that is for the emulator.');
  else
    throw new UsageError(
      command === undefined ? usage : `There is no command ${command}: try ccai-chat --help.`,
    );
}

function parseCommandLine() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean' },
        script: { type: 'string' },
      },
    });
  } catch (cause) {
    throw new UsageError('The options are not understood: try ccai-chat --help.', { cause });
  }
}

/** What an operator can mend by the sentence alone; everything else comes with its trace. */
function isExplained(error: unknown): error is Error {
  const explained = [UsageError, EnvironmentError, PortTakenError, StoreFileError];
  return explained.some((type) => error instanceof type);
}

main().catch((error: unknown) => {
  console.error(isExplained(error) ? error.message : error);
  process.exit(error instanceof UsageError ? 2 : 1);
});
