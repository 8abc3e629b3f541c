/* Operations of requests that language models work on, and of what they cost: `Llms` does them. */

/** The first number of the family. */
export const FIRST_OF_LLMS: i32 = 224;

/** A request of a generator opens its bill. */
export const OP_OPEN_BILL: i32 = 224;
/** Draw how many tokens the prompt has. Operand: stream. */
export const OP_PROMPT: i32 = 225;
/** Draw how many tokens the answer will have. Operand: stream. */
export const OP_EXPECT_TOKENS: i32 = 226;
/** Hand the prompt to a model: go on at `next` when the answer is there, or fail; `index` is 1 where the first token is told. Operands: server, llm. */
export const OP_SUBMIT: i32 = 227;
/** The answer is there, whole. The only way is what happens instead of it when there is an error. Operands: server, llm, index as before. */
export const OP_ANSWERED: i32 = 228;
/** There is an error instead of the answer. Operands: server, llm. */
export const OP_UNANSWERED: i32 = 229;
/** Nobody wants the answer any more. Operands: server, llm. */
export const OP_WITHDRAW: i32 = 230;
/** No request: steps of a batch are over. Operand: llm. */
export const OP_BATCH: i32 = 231;
/** While a frame waits for a model: the time limit has come. */
export const OP_ASK_OVERDUE: i32 = 232;
/** While a provider works on a frame: its first token is there. */
export const OP_FIRST_TOKEN: i32 = 233;
