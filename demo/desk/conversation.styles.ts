import { css } from 'lit';

export const conversationStyles = css`
  :host {
    display: grid;
    grid-template-rows: auto auto minmax(0, 1fr) auto;
    min-block-size: 0;
    background: var(--surface);
  }
  .top {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.6rem;
    padding: 0.75rem 1.25rem;
    border-block-end: 1px solid var(--line);
  }
  .who {
    flex: 1 1 10rem;
    min-inline-size: 0;
  }
  h1 {
    margin: 0;
    overflow: hidden;
    font-size: 1.0625rem;
    font-weight: 650;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .who small {
    color: var(--muted);
    font-size: 0.8125rem;
  }
  .back {
    display: none;
    place-items: center;
    inline-size: 2.25rem;
    block-size: 2.25rem;
    border-radius: 0.6rem;
    color: inherit;
    font-size: 1.25rem;
    text-decoration: none;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 0.4rem;
  }
  .present {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.35rem 0.5rem;
    padding: 0.55rem 1.25rem;
    background: var(--ground);
    color: var(--muted);
    font-size: 0.8125rem;
  }
  .chip {
    padding: 0.1rem 0.6rem;
    border-radius: 1rem;
    background: var(--raised);
    color: var(--text);
    font-weight: 550;
  }
  .chip.agent {
    background: var(--accent-soft);
    color: var(--accent);
  }
  .chip.task_virtual_agent,
  .present.private {
    background: var(--warm-soft);
    color: var(--warm);
  }
  .present.private .chip {
    background: var(--surface);
    color: var(--text);
  }
  .present strong {
    flex-basis: 100%;
    font-weight: 600;
  }
  .log {
    /* Reversed, so that the browser itself keeps the newest message in view, also when the window changes its size. */
    display: flex;
    flex-direction: column-reverse;
    overflow-y: auto;
    padding: 1.25rem;
  }
  .turns {
    display: grid;
    gap: 1.1rem;
    inline-size: 100%;
    max-inline-size: 46rem;
    margin: 0 auto auto;
  }
  .turn {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 0.65rem;
  }
  .turn header {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 0.5rem;
    margin-block-end: 0.25rem;
  }
  .name {
    font-weight: 600;
  }
  .tag,
  time {
    color: var(--muted);
    font-size: 0.75rem;
  }
  .bubble {
    inline-size: fit-content;
    max-inline-size: min(100%, 34rem);
    margin: 0 0 0.25rem;
    padding: 0.5rem 0.85rem;
    border-radius: 0.3rem 1rem 1rem;
    background: var(--raised);
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }
  .bubble + .bubble {
    border-start-start-radius: 1rem;
  }
  .turn.agent {
    grid-template-columns: minmax(0, 1fr) auto;
  }
  .turn.agent .avatar {
    order: 1;
    background: var(--accent);
    color: var(--on-accent);
  }
  .turn.agent header {
    justify-content: end;
  }
  .turn.agent .bubble {
    margin-inline-start: auto;
    border-radius: 1rem 0.3rem 1rem 1rem;
    background: var(--accent-soft);
  }
  .turn.virtual_agent .bubble,
  .turn.task_virtual_agent .bubble {
    border: 1px solid var(--line);
    background: none;
  }
  .curtain {
    padding: 0.8rem 1rem;
    border: 1px dashed var(--warm);
    border-radius: 0.9rem;
    background: var(--warm-soft);
    color: var(--warm);
    text-align: center;
    text-wrap: balance;
  }
  .foot {
    padding: 0.85rem 1.25rem max(0.85rem, env(safe-area-inset-bottom));
    border-block-start: 1px solid var(--line);
  }
  .foot > * {
    max-inline-size: 46rem;
    margin-inline: auto;
  }
  .take {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0.6rem 1rem;
  }
  .take p,
  .over {
    margin: 0;
    color: var(--muted);
  }
  .over {
    text-align: center;
  }
  .take button {
    min-block-size: 2.75rem;
    padding-inline: 1.4rem;
  }
  @media (max-width: 45rem) {
    .top {
      padding: 0.6rem 0.75rem;
    }
    .back {
      display: grid;
    }
    /* The transfer menu opens as wide as this row; see its own styles. */
    .actions {
      --button-padding: 0.6rem;
      --button-size: 0.8125rem;
      position: relative;
      flex-basis: 100%;
    }
    .present {
      padding-inline: 0.75rem;
    }
    .log {
      padding: 1rem 0.75rem;
    }
    .foot {
      padding-inline: 0.75rem;
    }
    .turn .avatar {
      inline-size: 1.75rem;
      block-size: 1.75rem;
      font-size: 0.6875rem;
    }
  }
`;
