package app.mushroom.collector.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LicencesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cc0 | CC0-1.0",
        "CC0 1.0 | CC0-1.0",
        "CC0_1_0 | CC0-1.0",
        "CC0 1.0 Universal Public Domain Dedication | CC0-1.0",
        "http://creativecommons.org/publicdomain/zero/1.0/ | CC0-1.0",
        "https://creativecommons.org/publicdomain/zero/1.0/legalcode | CC0-1.0",
        "https://creativecommons.org/publicdomain/mark/1.0/ | public-domain",
        "http://creativecommons.org/licenses/publicdomain/ | public-domain",
        "Public domain | public-domain",
        "Public Domain Mark 1.0 | public-domain",
        "pd | public-domain",
        "PD-old-100 | public-domain",
        "cc-by | CC-BY",
        "cc-by-nc | CC-BY-NC",
        "cc-by-nd | CC-BY-ND",
        "cc-by-nc-nd | CC-BY-NC-ND",
        "cc-by-nc-sa | CC-BY-NC-SA",
        "cc-by-sa-4.0 | CC-BY-SA-4.0",
        "cc-by-sa-3.0,2.5,2.0,1.0 | CC-BY-SA-3.0",
        "CC BY-SA 4.0 | CC-BY-SA-4.0",
        "CC BY 2.1 jp | CC-BY-2.1",
        "CC_BY_4_0 | CC-BY-4.0",
        "CC_BY_NC_4_0 | CC-BY-NC-4.0",
        "http://creativecommons.org/licenses/by/4.0/legalcode | CC-BY-4.0",
        "https://creativecommons.org/licenses/by/4.0/ | CC-BY-4.0",
        "https://creativecommons.org/licenses/by-nc-nd/3.0/deed.de | CC-BY-NC-ND-3.0",
        "HTTPS://CREATIVECOMMONS.ORG/LICENSES/BY-SA/4.0 | CC-BY-SA-4.0",
        "https://creativecommons.org/licenses/by-nd-nc/1.0/ | CC-BY-NC-ND-1.0",
        "Creative Commons Attribution-Share Alike 4.0 International | CC-BY-SA-4.0",
        "Creative Commons Attribution-NonCommercial-NoDerivatives 4.0 | CC-BY-NC-ND-4.0",
        "(c) samroom, some rights reserved (CC BY-NC) | CC-BY-NC",
        "CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/) | CC-BY-4.0",
        "CC BY: https://creativecommons.org/licenses/by/4.0/ | CC-BY-4.0",
        "All rights reserved | all-rights-reserved",
        "© Jane Doe. All Rights Reserved. | all-rights-reserved",
      })
  void readsWhatSourcesState(String stated, String id) {
    assertThat(Licences.read(stated)).isEqualTo(new Licence(id, stated));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "see website",
        "UNSPECIFIED",
        "UNSUPPORTED",
        "GFDL",
        "© Jane Doe",
        "by",
        "not in the public domain",
        "cc",
        "cc-sampling+",
        "https://example.org/licence",
        "http://creativecommons.org/licenses/sampling+/1.0/",
        "text CC BY 4.0, photographs CC BY-NC 4.0",
        "CC BY 4.0, otherwise all rights reserved",
      })
  void whatIsNotUnderstoodIsUnknown(String stated) {
    assertThat(Licences.read(stated)).isEqualTo(new Licence("unknown", stated));
  }

  @Test
  void nothingIsUnknown() {
    assertThat(Licences.read(null)).isEqualTo(new Licence("unknown", ""));
    assertThat(Licences.read("  ")).isEqualTo(new Licence("unknown", ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"cc0", "cc-by", "CC BY 4.0", "CC BY-SA 3.0", "cc-by-nc", "CC_BY_NC_4_0", "pd"})
  void theUsualPolicyAllowsWhatMayBeChanged(String stated) {
    assertThat(LicencePolicy.DEFAULT.allows(Licences.read(stated))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "cc-by-nd", "CC BY-NC-ND 4.0", "All rights reserved", "GFDL", "a b c"})
  void theUsualPolicyRefusesTheRest(String stated) {
    assertThat(LicencePolicy.DEFAULT.allows(Licences.read(stated))).isFalse();
  }

  @Test
  void aFamilyIsNotItsStricterKin() {
    LicencePolicy policy = LicencePolicy.of(List.of("CC-BY"));
    assertThat(policy.allows(Licences.read("cc-by-3.0"))).isTrue();
    assertThat(policy.allows(Licences.read("cc-by-nc"))).isFalse();
    assertThat(policy.allows(Licences.read("cc-by-sa-4.0"))).isFalse();
  }

  @Test
  void aSingleLicenceIsNotItsFamily() {
    LicencePolicy policy = LicencePolicy.of(List.of("cc-by-4.0", "cc0-1.0"));
    assertThat(policy.allows(Licences.read("CC BY 4.0"))).isTrue();
    assertThat(policy.allows(Licences.read("CC BY 3.0"))).isFalse();
    assertThat(policy.allows(Licences.read("CC BY"))).isFalse();
    assertThat(policy.allows(Licences.read("cc0"))).isTrue();
  }

  @Test
  void saysWhatToAskSourcesFor() {
    assertThat(LicencePolicy.DEFAULT.inaturalistValues())
        .containsExactly("cc-by", "cc-by-nc", "cc-by-nc-sa", "cc-by-sa", "cc0");
    assertThat(LicencePolicy.DEFAULT.gbifValues())
        .containsExactly("CC0_1_0", "CC_BY_4_0", "CC_BY_NC_4_0");
    LicencePolicy single = LicencePolicy.of(List.of("cc-by-4.0"));
    assertThat(single.gbifValues()).containsExactly("CC_BY_4_0");
  }

  @Test
  void aPolicyThatTakesEverythingAsksForNothingInParticular() {
    assertThat(LicencePolicy.everything().inaturalistValues()).isEmpty();
    assertThat(LicencePolicy.everything().gbifValues()).isEmpty();
    assertThat(LicencePolicy.everything().allows(Licences.read(null))).isTrue();
    assertThat(LicencePolicy.everything().allows(Licences.read("CC BY-NC-ND 4.0"))).isTrue();
  }

  @Test
  void aPolicyOfUnheardLicencesIsRefused() {
    assertThatThrownBy(() -> LicencePolicy.of(List.of("cc-bye")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cc-by-sa")
        .hasMessageContaining("\"cc-bye\"");
  }
}
