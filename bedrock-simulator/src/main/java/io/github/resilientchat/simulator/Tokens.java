package io.github.resilientchat.simulator;

/** Token counts estimated from characters: four to a token, as a rule of thumb for English. */
final class Tokens {

  static final int CHARACTERS_PER_TOKEN = 4;

  private Tokens() {}

  static long ofCharacters(long characters) {
    return (characters + CHARACTERS_PER_TOKEN - 1) / CHARACTERS_PER_TOKEN;
  }
}
