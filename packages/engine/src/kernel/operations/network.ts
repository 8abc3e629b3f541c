/* Operations of messages that take time to transfer, or are sent again when they are lost: `Network` does them. */

/** The first number of the family. */
export const FIRST_OF_NETWORK: i32 = 256;

/** Draw how large the request and its answer are. Operand: sizes. */
export const OP_LOAD: i32 = 256;
/** A message on its way: send it again. */
export const OP_RETRANSMIT: i32 = 257;
/** A message on its way: all acknowledgements that it had to wait for have come. */
export const OP_TRANSFER: i32 = 258;
/** A message on its way: the last of its bytes has been sent. */
export const OP_TRANSFERRED: i32 = 259;
