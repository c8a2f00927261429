package io.github.resilientchat.core.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.Deflater;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sizes against counts that were published; {@code docs/estimates.md} names where. */
class RequestSizeTest {

  private static long tokens(RequestSize size) {
    return size.estimate(0).input();
  }

  private static byte[] image(int width, int height, String format) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), format, out);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toByteArray();
  }

  /** Claude's counts hold the words beside the image, about 75 tokens. */
  @ParameterizedTest
  @CsvSource({
    "256, 256, 177, claude 5.5",
    "512, 512, 438, claude 5.5",
    "768, 768, 861, claude 5.5",
    "1024, 1024, 1446, claude 5.5",
    "1280, 720, 1273, claude 5.5",
    "1920, 1080, 2768, claude 5.5",
    "1080, 1920, 2768, claude 5.5",
    "2560, 1440, 3069, claude 5.5",
    "3840, 2160, 3069, claude 5.5",
    "4032, 3024, 4005, claude 5.5",
    "256, 256, 165, claude 4.5",
    "1024, 1024, 1434, claude 4.5",
    "4032, 3024, 1661, claude 4.5",
    "900, 450, 800, nova",
    "900, 900, 1300, nova",
    "1400, 900, 1800, nova",
    "1800, 900, 2400, nova",
    "1300, 1300, 2600, nova",
    "800, 400, 800, nova"
  })
  void anImageIsNeverBelowWhatWasCounted(int width, int height, long counted, String model) {
    long estimate = tokens(new RequestSize().image(image(width, height, "png")));

    assertThat(estimate).isGreaterThanOrEqualTo(counted);
    assertThat(estimate)
        .as("the error bound of docs/estimates.md")
        .isLessThanOrEqualTo(
            model.equals("claude 4.5") ? 4_784 : Math.max(counted + 1_300, counted * 16 / 10));
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "gif"})
  void pixelsAreReadInEachFormatAndInBase64(String format) {
    byte[] image = image(1_000, 500, format);

    assertThat(Pixels.of(image)).isEqualTo(1_000L << 32 | 500);
    assertThat(Pixels.ofBase64(Base64.getEncoder().encodeToString(image)))
        .isEqualTo(1_000L << 32 | 500);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "524946460000000057454250565038580A00000010000000E70300F30100",
        "524946460000000057454250565038200A0000000000009D012AE803F401",
        "52494646000000005745425056503800"
      })
  void webpIsReadOrCountsAsMuchAsAny(String hex) {
    byte[] image = java.util.HexFormat.of().parseHex(hex);
    long pixels = Pixels.of(image);

    assertThat(pixels).isIn(1_000L << 32 | 500, -1L);
    assertThat(tokens(new RequestSize().image(image))).isEqualTo(pixels < 0 ? 4_784 : 985);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "aW1hZ2U=", "iVBORw0K", "/9j/", "not base64 at all \u0000"})
  void anImageThatCannotBeReadCountsAsMuchAsAny(String base64) {
    assertThat(tokens(new RequestSize().image(base64))).isEqualTo(4_784);
    assertThat(tokens(new RequestSize().image((String) null))).isEqualTo(4_784);
  }

  private static byte[] pdf(int pages, boolean packed) {
    StringBuilder objects = new StringBuilder("<< /Type /Pages /Count " + pages + " >>");
    for (int page = 0; page < pages; page++) {
      objects.append("<</Type/Page/Parent 1 0 R>>\n<< /Type /PageLabel >>");
    }
    byte[] body = objects.toString().getBytes(StandardCharsets.ISO_8859_1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (packed) {
      Deflater deflater = new Deflater();
      deflater.setInput(body);
      deflater.finish();
      byte[] small = new byte[body.length + 100];
      int length = deflater.deflate(small);
      deflater.end();
      out.writeBytes("%PDF-1.5\n5 0 obj\n".getBytes(StandardCharsets.ISO_8859_1));
      out.writeBytes(
          "<</Type /ObjStm /N 3 /Filter /FlateDecode>>\nstream\r\n"
              .getBytes(StandardCharsets.ISO_8859_1));
      out.write(small, 0, length);
      out.writeBytes("\nendstream".getBytes(StandardCharsets.ISO_8859_1));
    } else {
      out.writeBytes("%PDF-1.4\n".getBytes(StandardCharsets.ISO_8859_1));
      out.writeBytes(body);
    }
    return out.toByteArray();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 2347, text",
    "5, 11631, text",
    "10, 23236, text",
    "1, 2481, table",
    "1, 1600, scan"
  })
  void aPdfIsNeverBelowWhatWasCounted(int pages, long counted, String kind) {
    for (boolean packed : new boolean[] {false, true}) {
      byte[] pdf = pdf(pages, packed);
      long estimate = tokens(new RequestSize().document(pdf, "application/pdf"));

      assertThat(estimate).as(kind).isEqualTo(pages * 3_000L).isGreaterThanOrEqualTo(counted);
      assertThat(
              tokens(
                  new RequestSize()
                      .document(Base64.getEncoder().encodeToString(pdf), "application/pdf")))
          .isEqualTo(estimate);
    }
  }

  @Test
  void aDocumentWithoutPagesCountsByItsBytesAndAnAbsentOneAsMuchAsAny() {
    byte[] bytes = new byte[50_000];

    assertThat(tokens(new RequestSize().document(bytes, "application/pdf"))).isEqualTo(50_000);
    assertThat(tokens(new RequestSize().document(new byte[10], "application/zip")))
        .isEqualTo(3_000);
    assertThat(tokens(new RequestSize().document((String) null, "application/pdf")))
        .isEqualTo(300_000);
    assertThat(tokens(new RequestSize().document(bytes, "text/csv"))).isEqualTo(33_334);
  }

  /** The same table in formats, counted by Claude 5.5, which makes most of it. */
  @ParameterizedTest
  @CsvSource({"2447, 1210", "4230, 1841"})
  void aSchemaIsNeverBelowWhatWasCountedOfJson(long characters, long counted) {
    assertThat(tokens(new RequestSize().schema(characters))).isBetween(counted, counted * 12 / 10);
  }

  @Test
  void brokenSurrogatesAndControlCharactersAreText() {
    assertThat(tokens(new RequestSize().text("\ud800\u0000\udc00\u0007"))).isPositive();
    assertThat(tokens(new RequestSize().text(null).text(""))).isZero();
  }
}
