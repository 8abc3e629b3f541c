/** A 32-bit integer, as AssemblyScript knows it. Compiled to JavaScript it is a number like any other. */
type i32 = number;
