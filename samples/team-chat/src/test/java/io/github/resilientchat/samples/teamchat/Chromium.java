package io.github.resilientchat.samples.teamchat;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/**
 * A Chromium with its driver, where both are found: the packages {@code chromium} and {@code
 * chromium-driver} of Debian. Elsewhere a test is skipped, and says so.
 */
record Chromium(Path browser, Path driver) {

  static Chromium found() {
    Optional<Path> browser = first("/usr/bin/chromium", "/usr/bin/chromium-browser");
    Optional<Path> driver = first("/usr/bin/chromedriver", "/usr/lib/chromium/chromedriver");
    assumeTrue(
        browser.isPresent() && driver.isPresent(),
        "no Chromium with its driver is here: the page was not tried in a browser");
    return new Chromium(browser.get(), driver.get());
  }

  ChromeDriver open() {
    return new ChromeDriver(
        new ChromeDriverService.Builder().usingDriverExecutable(driver.toFile()).build(),
        new ChromeOptions()
            .setBinary(browser.toFile())
            .addArguments(
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"));
  }

  private static Optional<Path> first(String... places) {
    return Stream.of(places).map(Path::of).filter(Files::isExecutable).findFirst();
  }
}
