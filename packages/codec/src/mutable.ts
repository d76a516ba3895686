/**
 * A shape whose members may be written: for the function that puts an object together, which gives it out as readonly. Members that
 * may be absent are set one by one in what every verification runs through: a conditional spread takes half a microsecond each.
 */
export type Mutable<Shape> = { -readonly [Name in keyof Shape]: Shape[Name] }
