import { html, nothing, type TemplateResult } from 'lit';
import { Lexer, type MarkedToken, type Token, type Tokens } from 'marked';
import { renderLink, toSafeUrl } from './links.js';

export { markdownStyles } from './markdown.styles.js';

/** Schemes beside http(s) whose links are followed. */
type Schemes = readonly string[];

/** Markdown (GFM) as Lit templates. Nothing is ever parsed as HTML: markup in the text stays text. */
export function renderMarkdown(text: string, schemes: Schemes = []): unknown {
  return renderBlocks(new Lexer({ gfm: true, breaks: true }).lex(text), schemes);
}

function renderBlocks(tokens: readonly Token[], schemes: Schemes): unknown {
  return tokens.map((token) => renderBlock(token as MarkedToken, schemes));
}

function renderBlock(token: MarkedToken, schemes: Schemes): unknown {
  switch (token.type) {
    case 'space':
    case 'def':
      return nothing;
    case 'heading':
      return html`<p class="heading">${renderInlines(token.tokens, schemes)}</p>`;
    case 'paragraph':
      return html`<p>${renderInlines(token.tokens, schemes)}</p>`;
    case 'code':
      return html`<pre tabindex="0"><code>${token.text}</code></pre>`;
    case 'blockquote':
      return html`<blockquote>${renderBlocks(token.tokens, schemes)}</blockquote>`;
    case 'list':
      return renderList(token, schemes);
    case 'table':
      return renderTable(token, schemes);
    case 'hr':
      return html`<hr />`;
    case 'html':
      return html`<p>${token.raw.trimEnd()}</p>`;
    default:
      return renderInline(token, schemes);
  }
}

function renderList(list: Tokens.List, schemes: Schemes): TemplateResult {
  const items = list.items.map((item) => html`<li>${renderBlocks(item.tokens, schemes)}</li>`);
  return list.ordered ? html`<ol start=${list.start || 1}>${items}</ol>` : html`<ul>${items}</ul>`;
}

function renderTable(table: Tokens.Table, schemes: Schemes): TemplateResult {
  return html`<div class="table"><table>
    <thead><tr>${table.header.map((cell) => html`<th scope="col">${renderInlines(cell.tokens, schemes)}</th>`)}</tr></thead>
    <tbody>${table.rows.map((row) => html`<tr>${row.map((cell) => html`<td>${renderInlines(cell.tokens, schemes)}</td>`)}</tr>`)}</tbody>
  </table></div>`;
}

function renderInlines(tokens: readonly Token[], schemes: Schemes): unknown {
  return tokens.map((token) => renderInline(token as MarkedToken, schemes));
}

function renderInline(token: MarkedToken, schemes: Schemes): unknown {
  switch (token.type) {
    case 'strong':
      return html`<strong>${renderInlines(token.tokens, schemes)}</strong>`;
    case 'em':
      return html`<em>${renderInlines(token.tokens, schemes)}</em>`;
    case 'del':
      return html`<del>${renderInlines(token.tokens, schemes)}</del>`;
    case 'codespan':
      return html`<code>${token.text}</code>`;
    case 'br':
      return html`<br />`;
    case 'link':
      return renderReference(token, renderInlines(token.tokens, schemes), schemes);
    case 'image':
      return renderReference(token, token.text || token.href, schemes);
    case 'checkbox':
      return token.checked ? '☑ ' : '☐ ';
    case 'text':
      return token.tokens ? renderInlines(token.tokens, schemes) : decodeEntities(token.text);
    case 'escape':
      return token.text;
    default:
      return token.raw;
  }
}

/** A link where it may be followed; otherwise its words, and what it pointed at where that says more. */
function renderReference({ href, text }: Tokens.Link | Tokens.Image, label: unknown, schemes: Schemes): unknown {
  const url = toSafeUrl(href, schemes);
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
