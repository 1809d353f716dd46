import { PlatformError } from '../platform-error.js';
import { CustomerFlags } from '../response-schemas.js';
import type { Transport } from '../transport.js';

/** One item of custom data as the agent sees it. */
export interface CustomDataItem {
  readonly label: string;
  readonly value: string | number | boolean;
}

/**
 * Signed data is a JWT made with the company secret; unsigned data is anybody's word (platform: Custom data).
 */
export type CustomData =
  | { readonly signed: false; readonly data: Readonly<Record<string, CustomDataItem>> }
  | { readonly signed: true; readonly signedData: string };

/** platform: Endpoints 17 to 20. */
export interface CustomerEndpoints {
  getCustomerFlags(chatId: number): Promise<CustomerFlags>;
  setCustomerFlags(
    chatId: number,
    flags: {
      readonly verifiedCustomer?: boolean | undefined;
      readonly badActor?: boolean | undefined;
      readonly repeatCustomer?: boolean | undefined;
    },
  ): Promise<void>;
  addCustomData(chatId: number, customData: CustomData): Promise<void>;
  /**
   * Says during a chat who the end user is, also in the CRM. The same again too soon is `refused`. Two
   * spellings of the path: OQ-7.
   */
  updateEndUser(
    chatId: number,
    user: {
      readonly identifier: string;
      readonly name?: string | undefined;
      readonly email?: string | undefined;
      readonly phone?: string | undefined;
    },
  ): Promise<void>;
}

export function customerEndpoints(transport: Transport): CustomerEndpoints {
  return {
    getCustomerFlags: (chatId) =>
      transport.read(CustomerFlags, { method: 'GET', path: `/chats/${chatId}/customer_flag` }),
    setCustomerFlags: (chatId, { verifiedCustomer, badActor, repeatCustomer }) =>
      transport.send({
        method: 'POST',
        path: `/chats/${chatId}/customer_flag`,
        // Singular when read, plural when written (OQ-6).
        body: { verified_customer: verifiedCustomer, bad_actor: badActor, repeat_customers: repeatCustomer },
      }),
    addCustomData: (chatId, customData) =>
      transport.send({
        method: 'POST',
        path: `/chats/${chatId}/custom_data`,
        body: customData.signed
          ? { signed: true, signed_data: customData.signedData }
          : { signed: false, data: customData.data },
      }),
    updateEndUser: async (chatId, { identifier, name, email, phone }) => {
      const body = { identifier, name, email, phone };
      const update = (spelling: string) =>
        transport.send({ method: 'POST', path: `/chats/${chatId}/${spelling}`, body });
      try {
        await update('end-user');
      } catch (error) {
        if (!(error instanceof PlatformError) || error.status !== 404) throw error;
        await update('end_user');
      }
    },
  };
}
