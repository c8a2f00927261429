package io.github.resilientchat.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuotedTest {

  @Test
  void shortNameIsShownAsItIs() {
    assertThat(Quoted.of("chat-été 😀")).isEqualTo("'chat-été 😀'");
  }

  @Test
  void longNameIsCutAndItsLengthSaid() {
    assertThat(Quoted.of("x".repeat(1_000_000)))
        .isEqualTo("'" + "x".repeat(64) + "'... (1000000 characters)");
  }

  @Test
  void lineBreaksAndDirectionMarksAreEscaped() {
    assertThat(Quoted.of("a\r\nERROR \u2028\u202E\u0000"))
        .isEqualTo("'a\\u000d\\u000aERROR \\u2028\\u202e\\u0000'");
  }

  @Test
  void noPairIsTorn() {
    assertThat(Quoted.of("x".repeat(63) + "😀😀")).startsWith("'" + "x".repeat(63) + "'...");
  }
}
