import { CcaiChat } from './chat.js';
import { define } from './define.js';

export { CcaiChat } from './chat.js';
export * from './events.js';
export { WidgetError } from './widget-error.js';

define('ccai-chat', CcaiChat);
