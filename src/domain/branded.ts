declare const brand: unique symbol

/** A value whose name was earned: only the parser of `Name` may cast to it, so holding one proves it was checked. */
export type Branded<T, Name extends string> = T & { readonly [brand]: Name }
