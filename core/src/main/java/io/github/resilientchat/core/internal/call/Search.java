package io.github.resilientchat.core.internal.call;

import org.jspecify.annotations.Nullable;

/**
 * What to choose among, and what to do when nobody lets in.
 *
 * @param kind among whom
 * @param failed the attempt before, whose target may be worth another try; null when it is not
 */
record Search(Kind kind, @Nullable Try failed) {

  static final Search ANY = new Search(Kind.ANY, null);

  enum Kind {
    /** All that the call may still try. */
    ANY,
    /** The target of the failed attempt, once more. */
    AGAIN,
    /** A second one beside an attempt that is under way. */
    BESIDE
  }

  static Search after(@Nullable Try worthATry) {
    return worthATry == null ? ANY : new Search(Kind.ANY, worthATry);
  }

  static Search again(Try failed) {
    return new Search(Kind.AGAIN, failed);
  }

  static Search beside(Try first) {
    return new Search(Kind.BESIDE, first);
  }
}
