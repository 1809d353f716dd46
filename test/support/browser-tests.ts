/** Runs the element tests in a real browser (configuration: `web-test-runner.config.js`) and ends with their counts. */
import { startTestRunner } from '@web/test-runner';
import { addCounts, formatCounts, noCounts, type Counts } from './counts.js';

type Suite = NonNullable<Session['testResults']>;
type Session = ReturnType<Runner['sessions']['all']> extends Iterable<infer Item> ? Item : never;
type Runner = NonNullable<Awaited<ReturnType<typeof startTestRunner>>>;

const runner = await startTestRunner({ readCliArgs: false, autoExitProcess: false });
// Without a runner the reason is on the screen already, and Web Test Runner ends the process.
runner?.on('stopped', (passed) => {
  const counts = [...runner.sessions.all()].map(countSession).reduce(addCounts, noCounts);
  console.log(formatCounts(counts));
  process.exit(passed && counts.failed === 0 ? 0 : 1);
});

/** A file that could not even be loaded counts as one failure. */
function countSession(session: Session): Counts {
  const counts = session.testResults ? countSuite(session.testResults) : noCounts;
  const broken = session.passed !== true && counts.failed === 0;
  return broken ? { ...counts, failed: 1 } : counts;
}

function countSuite(suite: Suite): Counts {
  const skipped = suite.tests.filter((result) => result.skipped).length;
  const passed = suite.tests.filter((result) => result.passed && !result.skipped).length;
  const own = { passed, skipped, failed: suite.tests.length - passed - skipped };
  return suite.suites.map(countSuite).reduce(addCounts, own);
}
