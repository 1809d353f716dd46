import { html, nothing, type TemplateResult } from 'lit';
import { Lexer, type MarkedToken, type Token, type Tokens } from 'marked';
import { renderLink, toSafeUrl } from './links.js';

export { markdownStyles } from './markdown.styles.js';

/** Markdown (GFM) as Lit templates. Nothing is ever parsed as HTML: markup in the text stays text. */
export function renderMarkdown(text: string): unknown {
  return renderBlocks(new Lexer({ gfm: true, breaks: true }).lex(text));
}

function renderBlocks(tokens: readonly Token[]): unknown {
  return tokens.map((token) => renderBlock(token as MarkedToken));
}

function renderBlock(token: MarkedToken): unknown {
  switch (token.type) {
    case 'space':
    case 'def':
      return nothing;
    case 'heading':
      return html`<p class="heading">${renderInlines(token.tokens)}</p>`;
    case 'paragraph':
      return html`<p>${renderInlines(token.tokens)}</p>`;
    case 'code':
      return html`<pre tabindex="0"><code>${token.text}</code></pre>`;
    case 'blockquote':
      return html`<blockquote>${renderBlocks(token.tokens)}</blockquote>`;
    case 'list':
      return renderList(token);
    case 'table':
      return renderTable(token);
    case 'hr':
      return html`<hr />`;
    case 'html':
      return html`<p>${token.raw.trimEnd()}</p>`;
    default:
      return renderInline(token);
  }
}

function renderList(list: Tokens.List): TemplateResult {
  const items = list.items.map((item) => html`<li>${renderBlocks(item.tokens)}</li>`);
  return list.ordered ? html`<ol start=${list.start || 1}>${items}</ol>` : html`<ul>${items}</ul>`;
}

function renderTable(table: Tokens.Table): TemplateResult {
  return html`<div class="table"><table>
    <thead><tr>${table.header.map((cell) => html`<th scope="col">${renderInlines(cell.tokens)}</th>`)}</tr></thead>
    <tbody>${table.rows.map((row) => html`<tr>${row.map((cell) => html`<td>${renderInlines(cell.tokens)}</td>`)}</tr>`)}</tbody>
  </table></div>`;
}

function renderInlines(tokens: readonly Token[]): unknown {
  return tokens.map((token) => renderInline(token as MarkedToken));
}

function renderInline(token: MarkedToken): unknown {
  switch (token.type) {
    case 'strong':
      return html`<strong>${renderInlines(token.tokens)}</strong>`;
    case 'em':
      return html`<em>${renderInlines(token.tokens)}</em>`;
    case 'del':
      return html`<del>${renderInlines(token.tokens)}</del>`;
    case 'codespan':
      return html`<code>${token.text}</code>`;
    case 'br':
      return html`<br />`;
    case 'link':
      return renderReference(token.href, renderInlines(token.tokens), token.text);
    case 'image':
      return renderReference(token.href, token.text || token.href, token.text);
    case 'checkbox':
      return token.checked ? '☑ ' : '☐ ';
    case 'text':
      return token.tokens ? renderInlines(token.tokens) : decodeEntities(token.text);
    case 'escape':
      return token.text;
    default:
      return token.raw;
  }
}

/** A link where it may be followed; otherwise its words, and what it pointed at where that says more. */
function renderReference(href: string, label: unknown, text: string): unknown {
  const url = toSafeUrl(href);
  if (url) return renderLink(url, label);
  const address = href.replace(/^(mailto|tel):/i, '');
  return address === href || address === text ? label : [label, ` (${address})`];
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

/** The few entities that people and virtual agents write; the rest stays as it is. */
function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,6})|(amp|lt|gt|quot|apos|nbsp));/g, (whole, code?: string, name?: string) => {
    if (name) return entities[name] ?? whole;
    const point = Number(code);
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}
