import { AgentDesk } from './agent-desk.js';
import { ChatList } from './chat-list.js';
import { Composer } from './composer.js';
import { Conversation } from './conversation.js';
import { TransferMenu } from './transfer-menu.js';

customElements.define('desk-chat-list', ChatList);
customElements.define('desk-composer', Composer);
customElements.define('desk-transfer-menu', TransferMenu);
customElements.define('desk-conversation', Conversation);
customElements.define('agent-desk', AgentDesk);
