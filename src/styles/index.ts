export { base } from './base.js';
export { brand } from './brand.js';
export { tokens } from './tokens.js';
