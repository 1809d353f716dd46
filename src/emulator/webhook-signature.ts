/**
 * Signs the bytes of one webhook: standard padded Base64 of HMAC-SHA256 over timestamp and raw body
 * (platform: Webhooks, Signature).
 */
export async function signWebhook(
  secret: string,
  signed: { readonly timestamp: string; readonly body: string },
): Promise<string> {
  const encoder = new TextEncoder();
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), algorithm, false, ['sign']);
  const signature = await crypto.subtle.sign('HMAC', key, encoder.encode(signed.timestamp + signed.body));
  return btoa(String.fromCharCode(...new Uint8Array(signature)));
}

/** The `X-Signature` header: `primary=<sig>`, and ` secondary=<sig>` where there is a second secret. */
export async function toSignatureHeader(
  secrets: { readonly primary: string; readonly secondary: string },
  signed: { readonly timestamp: string; readonly body: string },
): Promise<string> {
  const primary = `primary=${await signWebhook(secrets.primary, signed)}`;
  return secrets.secondary === ''
    ? primary
    : `${primary} secondary=${await signWebhook(secrets.secondary, signed)}`;
}
