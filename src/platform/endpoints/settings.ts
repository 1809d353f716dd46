import { ChatSettings } from '../response-schemas.js';
import type { Transport } from '../transport.js';

/**
 * platform: Settings. On which base these are, and whether they can be read at all, is not documented
 * (OQ-17).
 */
export interface SettingsEndpoints {
  getChatSettings(): Promise<ChatSettings>;
  updateChatSettings(settings: { readonly hideVaToVaSystemMessages: boolean }): Promise<void>;
}

export function settingsEndpoints(transport: Transport): SettingsEndpoints {
  return {
    getChatSettings: () => transport.read(ChatSettings, { method: 'GET', path: '/settings/chat' }),
    updateChatSettings: ({ hideVaToVaSystemMessages }) =>
      transport.send({
        method: 'PATCH',
        path: '/settings/chat',
        body: { hide_va_to_va_system_messages: hideVaToVaSystemMessages },
      }),
  };
}
