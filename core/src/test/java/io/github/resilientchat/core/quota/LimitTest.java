package io.github.resilientchat.core.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LimitTest {

  @ParameterizedTest
  @CsvSource({
    "60rpm, 60, RPM",
    "100ktpm, 100000, TPM",
    "2mtpd, 2000000, TPD",
    "4par, 4, PAR",
    "' 5RPH ', 5, RPH"
  })
  void readsWhatPeopleWrite(String text, long amount, Limit.Unit unit) {
    assertThat(Limit.parse(text)).isEqualTo(new Limit(amount, unit));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "60",
        "rpm",
        "-1rpm",
        "1.5rpm",
        "60rps",
        "60 rpm",
        "1gtpm",
        "",
        "5usd",
        "5usd/w",
        "1.1234567usd/d",
        "usd/d"
      })
  void refusesWhatIsNoLimitAndShowsWhatIs(String text) {
    assertThatThrownBy(() -> Limit.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + text + "'")
        .hasMessageContaining("100ktpm");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0rpm", "0usd/mo", "0.5usd/h", "200usd/d", "1000usd/mo", "2mtpd", "7par"})
  void isWrittenAsItIsRead(String text) {
    assertThat(Limit.parse(text)).hasToString(text);
  }

  @Test
  void countsMoneyInBillionthsOfADollar() {
    assertThat(Limit.parse("2.50USD/d")).isEqualTo(new Limit(2_500_000_000L, Limit.Unit.USD_D));
    assertThat(Limit.parse("1kusd/mo")).isEqualTo(new Limit(1_000_000_000_000L, Limit.Unit.USD_MO));
  }

  @Test
  void refusesWhatNoSumCouldHold() {
    assertThatThrownBy(() -> Limit.parse("999999999999musd/d"))
        .hasMessageContaining("'999999999999musd/d'");
  }

  @Test
  void separatesByCommasOrSpaces() {
    assertThat(Limits.parse("3rpm 100ktpm")).isEqualTo(Limits.parse("3rpm, 100ktpm"));
    assertThat(Limits.parse("3rpm,1mtpm")).hasToString("3rpm 1mtpm");
  }

  @Test
  void refusesTwoLimitsOfOneUnit() {
    assertThatThrownBy(() -> Limits.parse("3rpm 4rpm")).hasMessageContaining("3rpm 4rpm");
  }
}
