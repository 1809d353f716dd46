import { html, nothing, type TemplateResult } from 'lit';
import { starIcon } from './turning-icons.js';
import type { TurningView } from './turning-view.js';

/** The longest comment the relay takes. */
const COMMENT_MAX_LENGTH = 2_000;

/** What the stars draw with, besides the rest. */
export interface FeedbackView extends TurningView {
  /** 1 to 5; null before a star was chosen. */
  readonly rating: number | null;
  /** True once it was taken. */
  readonly isDone: boolean;
  /** True where it was just sent in vain. */
  readonly isRefused: boolean;
  readonly onRate: (rating: number) => void;
}

/** Stars, then a few words if there are any, then thanks. */
export function renderFeedback(view: FeedbackView): TemplateResult {
  const { texts, isDone } = view;
  return html`<div class="feedback">
    ${isDone ? nothing : renderForm(view)}
    <p class="thanks" role="status">${isDone ? texts.thanks : nothing}</p>
  </div>`;
}

function renderForm(view: FeedbackView): TemplateResult {
  const { texts, rating } = view;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (rating === null) return;
    const field = (event.target as HTMLFormElement).elements.namedItem('comment') as HTMLTextAreaElement;
    const comment = field.value.trim();
    view.request({ type: 'feedback', rating, ...(comment ? { comment } : {}) });
  };
  return html`<form @submit=${submit}>
    <fieldset>
      <legend>${texts.rate}</legend>
      <div class="stars">${texts.ratings.map((_, index) => renderStar(index + 1, view))}</div>
      <p class="rating" aria-hidden="true">${rating ? texts.ratings[rating - 1] : nothing}</p>
    </fieldset>
    ${rating ? renderComment(view) : nothing}
  </form>`;
}

function renderStar(count: number, { texts, rating, onRate }: FeedbackView): TemplateResult {
  return html`<label class=${rating !== null && count <= rating ? 'on' : ''}>
    <input
      type="radio"
      name="rating"
      value=${count}
      aria-label="${texts.stars(count)}, ${texts.ratings[count - 1]}"
      .checked=${rating === count}
      @change=${(): void => {
        onRate(count);
      }}
    />${starIcon}
  </label>`;
}

function renderComment({ texts, asked, isBusy, isRefused }: FeedbackView): TemplateResult {
  return html`<label for="comment">${texts.comment}</label>
    <textarea id="comment" name="comment" rows="2" dir="auto" maxlength=${COMMENT_MAX_LENGTH}></textarea>
    <p class="error" role="alert">${isRefused ? texts.feedbackFailed : nothing}</p>
    <button type="submit" class="pill quiet ${asked === 'feedback' ? 'asked' : ''}" aria-disabled=${isBusy}>
      ${texts.sendFeedback}
    </button>`;
}
