import { css } from 'lit';

export const agentDeskStyles = css`
  :host {
    position: fixed;
    inset: 0;
    display: grid;
    grid-template: auto minmax(0, 1fr) / minmax(17rem, 22rem) minmax(0, 1fr);
    background: var(--ground);
  }
  header {
    display: flex;
    align-items: center;
    gap: 0.6rem;
    padding: 0.9rem 1.25rem 0.5rem;
    font-size: 1.0625rem;
    font-weight: 700;
  }
  header .state {
    margin-inline-start: auto;
    color: var(--muted);
    font-size: 0.8125rem;
    font-weight: 450;
  }
  header .state::before {
    content: '';
    display: inline-block;
    inline-size: 0.5rem;
    block-size: 0.5rem;
    margin-inline-end: 0.4rem;
    border-radius: 50%;
    background: var(--accent);
  }
  header .state.lost::before {
    background: var(--danger);
  }
  desk-chat-list {
    grid-area: 2 / 1;
  }
  main {
    grid-area: 1 / 2 / 3 / 3;
    display: grid;
    grid-template-rows: auto minmax(0, 1fr);
    min-inline-size: 0;
    border-inline-start: 1px solid var(--line);
    background: var(--surface);
  }
  desk-conversation {
    grid-row: 2;
  }
  .problem {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 1rem;
    padding: 0.5rem 1.25rem;
    background: var(--danger-soft);
    color: var(--danger);
  }
  .nothing {
    grid-row: 2;
    place-self: center;
    max-inline-size: 24rem;
    padding: 1.5rem;
    color: var(--muted);
    text-align: center;
    text-wrap: balance;
  }
  @media (max-width: 45rem) {
    :host {
      grid-template-columns: minmax(0, 1fr);
    }
    main {
      grid-area: 1 / 1 / 3 / 2;
      border: 0;
    }
    :host(:not([conversing])) main:not(.alarmed),
    :host([conversing]) :is(header, desk-chat-list) {
      display: none;
    }
    :host(:not([conversing])) main.alarmed {
      display: block;
      grid-area: 3 / 1;
    }
    :host(:not([conversing])) main .nothing {
      display: none;
    }
  }
`;
