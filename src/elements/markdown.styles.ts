import { css } from 'lit';

/** Markdown inside a bubble: one column of calm blocks. */
export const markdownStyles = css`
  .markdown > * {
    margin: 0;
  }
  .markdown > * + *,
  .markdown li > * + * {
    margin-block-start: 0.6em;
  }
  .markdown p,
  .markdown li {
    white-space: pre-line;
  }
  .markdown ul,
  .markdown ol {
    padding-inline-start: 1.35em;
  }
  .markdown li {
    padding-inline-start: 0.15em;
  }
  .markdown li + li {
    margin-block-start: 0.3em;
  }
  .markdown li::marker {
    color: var(--_muted);
    font-variant-numeric: tabular-nums;
  }
  .markdown .heading {
    font-weight: 650;
    letter-spacing: -0.01em;
  }
  .markdown strong {
    font-weight: 650;
  }
  .markdown code {
    padding: 0.12em 0.35em;
    border-radius: 5px;
    background: var(--_fill-strong);
    font: 0.88em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace;
  }
  .markdown pre {
    overflow-x: auto;
    margin-inline: -4px;
    padding: 10px 12px;
    border-radius: 12px;
    background: var(--_surface);
    box-shadow: inset 0 0 0 1px var(--_hairline);
  }
  .markdown pre code {
    padding: 0;
    background: none;
    white-space: pre;
    overflow-wrap: normal;
  }
  .markdown blockquote {
    margin-inline: 0;
    padding-inline-start: 12px;
    border-inline-start: 3px solid var(--_fill-strong);
    color: var(--_muted);
  }
  .markdown hr {
    border: 0;
    border-block-start: 1px solid var(--_hairline);
  }
  .markdown .table {
    overflow-x: auto;
  }
  .markdown table {
    border-collapse: collapse;
    font-size: 13.5px;
  }
  .markdown th,
  .markdown td {
    padding: 6px 14px 6px 0;
    border-block-end: 1px solid var(--_hairline);
    text-align: start;
    overflow-wrap: normal;
  }
  .markdown tr:last-child td {
    border: 0;
  }
`;
