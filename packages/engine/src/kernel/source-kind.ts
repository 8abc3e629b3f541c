/** What a source draws by itself when the kernel runs in WebAssembly; all others ask the host. */
export const SOURCE_HOST: i32 = 0;
/** Always `a`. */
export const SOURCE_CONSTANT: i32 = 1;
/** Uniform on [a, a + b). */
export const SOURCE_UNIFORM: i32 = 2;
/** Exponential with mean `a`. */
export const SOURCE_EXPONENTIAL: i32 = 3;
