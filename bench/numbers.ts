/** What a case found, milliseconds of processor time unless it says otherwise. */
export type Numbers = Readonly<Record<string, number>>;
