/** A part of a vendor's description, of whose form nothing is known before it is looked at. */
// oxlint-disable-next-line no-explicit-any -- every field is checked or converted where it is used
export type Json = { [name: string]: any };
