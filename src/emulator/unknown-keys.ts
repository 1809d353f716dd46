/**
 * Keys that no document knows: new ones may appear in any answer and any webhook at any time (platform:
 * Errors, forward compatibility).
 */
export const unknownKeys = { x_unknown: { since: 'tomorrow', values: [1, null] } } as const;
