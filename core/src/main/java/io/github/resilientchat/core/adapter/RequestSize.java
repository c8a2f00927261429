package io.github.resilientchat.core.adapter;

import io.github.resilientchat.core.TokenEstimate;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The size of a request: one rule for all frameworks, each of which walks its own messages. Meant
 * never to be below what a model counts, whatever the script, and corrected by what each target
 * reports; {@code docs/estimates.md} has the table it is measured against, and how far above it may
 * be. Not thread-safe.
 *
 * <ul>
 *   <li>Text counts by its characters: system parts, messages, names and arguments of tool calls,
 *       their results, and reasoning that is sent back, whether a cache may hold it or not.
 *   <li>The schema of a tool or an answer counts a token for two characters.
 *   <li>An image counts by its pixels: the more of Claude's patches of 28 pixels
 *       (https://docs.claude.com/en/docs/build-with-claude/vision) and of Nova's table
 *       (https://docs.aws.amazon.com/nova/latest/userguide/modalities-image.html); one whose pixels
 *       nobody can read as much as any.
 *   <li>A PDF counts 3,000 tokens a page
 *       (https://docs.claude.com/en/docs/build-with-claude/pdf-support); other documents by bytes.
 * </ul>
 */
public final class RequestSize {

  /** The most that Claude makes of an image. */
  private static final long MOST_OF_AN_IMAGE = 4_784;

  private static final int PATCH = 28;
  private static final double LONGEST_EDGE = 2_576;
  private static final double NOVA_LEAST_EDGE = 900;
  private static final int NOVA_PIXELS_PER_TOKEN = 730;
  private static final int NOVA_FIXED = 300;

  private static final long PAGE = 3_000;

  /** Bedrock takes no more pages (inference-api-restrictions.html in its user guide). */
  private static final long MOST_OF_A_DOCUMENT = 100 * PAGE;

  private long weight;
  private long media;

  /** Text of any kind; null is none. */
  public RequestSize text(@Nullable CharSequence text) {
    weight += text == null ? 0 : TextWeight.of(text);
    return this;
  }

  /** So many characters of a schema, as JSON. */
  public RequestSize schema(long characters) {
    weight += characters * TextWeight.TOKEN / 2;
    return this;
  }

  /** An image; null when its bytes are elsewhere. */
  public RequestSize image(byte @Nullable [] bytes) {
    media += bytes == null ? MOST_OF_AN_IMAGE : imageOf(Pixels.of(bytes));
    return this;
  }

  /** An image in Base64; null when it is elsewhere. */
  public RequestSize image(@Nullable String base64) {
    media += base64 == null ? MOST_OF_AN_IMAGE : imageOf(Pixels.ofBase64(base64));
    return this;
  }

  /**
   * A document, or any other content that is neither text nor an image.
   *
   * @param bytes null when they are elsewhere
   * @param mimeType null when it is unknown
   */
  public RequestSize document(byte @Nullable [] bytes, @Nullable String mimeType) {
    media += bytes == null ? MOST_OF_A_DOCUMENT : documentOf(bytes, mimeType);
    return this;
  }

  /** The same, in Base64. */
  public RequestSize document(@Nullable String base64, @Nullable String mimeType) {
    byte @Nullable [] bytes;
    try {
      bytes = base64 == null ? null : Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      bytes = null;
    }
    return document(bytes, mimeType);
  }

  private static long imageOf(long pixels) {
    if (pixels < 0) {
      return MOST_OF_AN_IMAGE;
    }
    double width = pixels >> 32;
    double height = pixels & 0xFFFF_FFFFL;
    double fits = Math.min(1, LONGEST_EDGE / Math.max(width, height));
    double claude = Math.ceil(width * fits / PATCH) * Math.ceil(height * fits / PATCH);
    double larger = Math.max(1, NOVA_LEAST_EDGE / Math.max(width, height));
    double nova = NOVA_FIXED + width * larger * height * larger / NOVA_PIXELS_PER_TOKEN;
    return (long) Math.ceil(Math.min(MOST_OF_AN_IMAGE, Math.max(claude, nova)));
  }

  private static long documentOf(byte[] bytes, @Nullable String mimeType) {
    String type = mimeType == null ? "" : mimeType.toLowerCase(Locale.ROOT);
    if (type.startsWith("text/") || type.endsWith("json") || type.endsWith("xml")) {
      // A table of numbers is 1.75 characters a token.
      return bytes.length * 2L / 3 + 1;
    }
    int pages = type.endsWith("pdf") ? PdfPages.in(bytes) : 0;
    // What is packed unpacks to about four times as much: a token for each byte.
    long tokens = pages > 0 ? pages * PAGE : Math.max(PAGE, bytes.length);
    return Math.min(MOST_OF_A_DOCUMENT, tokens);
  }

  /**
   * The tokens to reserve.
   *
   * @param maxOutput the request's limit on output tokens, or null when it sets none
   */
  public TokenEstimate estimate(@Nullable Integer maxOutput) {
    long input = (weight + TextWeight.TOKEN - 1) / TextWeight.TOKEN + media;
    return maxOutput == null
        ? new TokenEstimate(input, TokenEstimate.DEFAULT_MAX_OUTPUT, false)
        : new TokenEstimate(input, maxOutput);
  }
}
