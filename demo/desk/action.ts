/** What the person at the desk wants done with the chat on screen. */
export type DeskAction =
  | { readonly type: 'say'; readonly text: string }
  /** Come into the chat, also back from a task agent. */
  | { readonly type: 'take' }
  | { readonly type: 'transfer'; readonly name: string }
  | { readonly type: 'start-task' }
  | { readonly type: 'end' };

/** Carries a {@link DeskAction} from wherever it was chosen up to the desk. */
export class DeskActionEvent extends Event {
  readonly action: DeskAction;

  constructor(action: DeskAction) {
    super('desk-action', { bubbles: true, composed: true });
    this.action = action;
  }
}

declare global {
  interface HTMLElementEventMap {
    'desk-action': DeskActionEvent;
  }
}
