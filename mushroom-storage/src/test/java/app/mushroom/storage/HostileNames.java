package app.mushroom.storage;

import java.util.List;

/** What people send as a name to get somewhere else. */
public final class HostileNames {
  public static final List<String> ALL =
      List.of(
          "",
          " ",
          ".",
          "..",
          "../canary",
          "../../canary",
          "a/../../canary",
          "a/..",
          "a/./b",
          "./a",
          "..\\canary",
          "a\\..\\..\\canary",
          "..%2fcanary",
          "..%2Fcanary",
          "%2e%2e/canary",
          "%2e%2e%2fcanary",
          "%252e%252e%252fcanary",
          "..%5ccanary",
          "..%c0%afcanary",
          "\u2024\u2024/canary",
          "\uff0e\uff0e\uff0fcanary",
          "..;/canary",
          "....//canary",
          "/etc/passwd",
          "//etc/passwd",
          "/",
          "a//b",
          "a/",
          "~/canary",
          "$HOME/canary",
          "C:\\canary",
          "C:canary",
          "\\\\srv\\share\\canary",
          "file:///etc/passwd",
          "a\u0000.jpg",
          "a%00.jpg",
          "a\nb",
          "a\r\nb",
          "a b",
          "-a",
          ".hidden",
          ".mushroom/locks/1",
          "a/.mushroom/b",
          "a..b",
          "a:b",
          "a*",
          "\u202ea",
          "ä",
          "\ud83c\udf44");

  private HostileNames() {}
}
