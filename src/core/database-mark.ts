/** `Roll`: by this number in its header a SQLite file says that it is a register of ours. */
export const DATABASE_MARK = 0x526f6c6c;
