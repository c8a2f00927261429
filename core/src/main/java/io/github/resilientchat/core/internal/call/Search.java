package io.github.resilientchat.core.internal.call;

import org.jspecify.annotations.Nullable;

/**
 * What to choose among, and what to do when nobody lets in.
 *
 * @param kind among whom
 * @param failed the attempt before, whose target may be worth another try; null when it is not
 * @param wellOnly whether only targets will do that are well: there is no budget for others
 */
record Search(Kind kind, @Nullable Try failed, boolean wellOnly) {

  static final Search ANY = new Search(Kind.ANY, null, false);
  static final Search ANY_THAT_IS_WELL = new Search(Kind.ANY, null, true);

  enum Kind {
    /** All that the call may still try. */
    ANY,
    /** The target of the failed attempt, once more. */
    AGAIN,
    /** The same at once, because what failed is likely to be put right: costs no budget. */
    CORRECTED,
    /** A second one beside an attempt that is under way. */
    BESIDE
  }

  static Search after(@Nullable Try worthATry) {
    return worthATry == null ? ANY : new Search(Kind.ANY, worthATry, false);
  }

  static Search again(Try failed) {
    return new Search(Kind.AGAIN, failed, false);
  }

  static Search corrected(Try failed) {
    return new Search(Kind.CORRECTED, failed, false);
  }

  /** Whether only the target of the failed attempt will do. */
  boolean isForTheSame() {
    return kind == Kind.AGAIN || kind == Kind.CORRECTED;
  }

  static Search beside(Try first) {
    return new Search(Kind.BESIDE, first, false);
  }
}
