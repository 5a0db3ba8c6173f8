/** The branches in the order of the definition, which is that of the contact sheet. */
export const BRANCHES = ['thumbnail', 'transform', 'filters', 'contour'] as const;

export type Branch = (typeof BRANCHES)[number];
