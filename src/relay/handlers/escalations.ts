import {
  ChooseDeflection,
  ChosenDeflection,
  RequestEscalation,
  RequestedEscalation,
  type Escalation,
} from '../../protocol/index.js';
import { chooseWay } from '../deflection.js';
import { isBeingEscalated } from '../open-escalation.js';
import { RelayError } from '../relay-error.js';
import { visitorBodyRoute, type VisitorCall } from '../route.js';
import { hasEnded } from '../view.js';

export const requestEscalation = visitorBodyRoute({
  method: 'POST',
  path: '/chat/escalations',
  summary: 'Asks for a person. Asking again while one is sought answers the same.',
  status: 201,
  request: RequestEscalation,
  response: RequestedEscalation,
  problems: ['unauthorized', 'chat-ended', 'busy', 'platform-rejected', 'platform-unavailable', 'platform-unauthorized', 'store-unavailable'],
  handle: (call) =>
    call.context.lanes.inTurn(`chat ${call.visitor.chatId}`, async () => ({ escalation: await escalate(call) })),
});

async function escalate({ context, visitor, log }: VisitorCall): Promise<Escalation> {
  const view = await log.view();
  if (hasEnded(view)) throw new RelayError('chat-ended');
  if (view.escalation && (await isBeingEscalated(log, view))) return view.escalation;
  const { id, status } = await context.watch.call(() =>
    // A person pressed a button: whatever objections a virtual agent may have are not for it to make (OQ-37).
    context.platform.createEscalation(visitor.chatId, { reason: 'by_end_user_ask', forceEscalate: true }),
  );
  const escalation = { id, status };
  await tell({ context, log }, escalation);
  context.refresher.request(visitor.chatId);
  return escalation;
}

/** In the log, unless a webhook was faster. What was on offer before is so no more. */
async function tell({ context, log }: Pick<VisitorCall, 'context' | 'log'>, escalation: Escalation): Promise<void> {
  const at = new Date(context.clock.now()).toISOString();
  await log.commit(({ escalation: known, deflection }) =>
    known?.id === escalation.id && known.status === escalation.status && !deflection
      ? null
      : { entries: [{ type: 'escalation-updated', at, escalation }] },
  );
}

export const chooseDeflection = visitorBodyRoute({
  method: 'PATCH',
  path: '/chat/escalations/:id',
  summary:
    'Takes one of the ways that were offered instead of a person. email and external_link end the chat; the same choice ' +
    'again answers the same.',
  status: 200,
  request: ChooseDeflection,
  response: ChosenDeflection,
  problems: [
    'invalid-request', 'email-missing', 'unauthorized', 'deflection-not-offered', 'chat-ended', 'email-not-sent',
    'busy', 'platform-rejected', 'platform-unavailable', 'platform-unauthorized', 'store-unavailable',
  ],
  handle: (call, choice) =>
    call.context.lanes.inTurn(`chat ${call.visitor.chatId}`, async () => {
      const escalation = await chooseWay(call, choice);
      await tell(call, escalation);
      return { escalation };
    }),
});
