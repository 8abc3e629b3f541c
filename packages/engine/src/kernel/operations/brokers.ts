/* Operations of messages: `Brokers` does them. */

/** The first number of the family. */
export const FIRST_OF_BROKERS: i32 = 320;

/** Publish a message, perhaps after a wait, or be refused. Operands: server, topic. */
export const OP_PUBLISH: i32 = 320;
/** A message stands in the queue of a group until a consumer is free. Operands: server, group. */
export const OP_STAND: i32 = 321;
/** A message starts the only way, its work, and waits until that is done, for at most `amount` [s]. Operands: server, link, topic, group. */
export const OP_HAND_OVER: i32 = 322;
/** The work on a message: start a request of its own at the only way and wait for its answer. Operands: server, link, index (the endpoint's name). */
export const OP_CONSUME: i32 = 323;
/** The work on a message is done, well or not, and its consumer is free. Operands: server, group, index (which consumer of the group). */
export const OP_FREE: i32 = 324;
/** A message is done with. Operands: topic, group. */
export const OP_ACKNOWLEDGE: i32 = 325;
/** A message has failed: wait and stand in the queue again, at the only way, or be dead. Operands: server, topic, group, stream. */
export const OP_GIVE_BACK: i32 = 326;
/** While a message stands in the queue: it is too old. */
export const OP_EXPIRE: i32 = 327;
/** The work on a message has come to its consumer, and begins when that has room for it. Operands: server, group, index as before. */
export const OP_BEGIN_WORK: i32 = 328;
/** A request leaves a server that takes messages before it works on them: if it is the work on one, that is done. Operand: server. */
export const OP_END_WORK: i32 = 329;
