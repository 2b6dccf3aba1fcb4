package dev.troupe.resources.expression.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cel.common.types.SimpleType;
import dev.troupe.resources.expression.language.Evaluation;
import dev.troupe.resources.expression.language.Scope;
import dev.troupe.resources.expression.type.TypedSchema;
import dev.troupe.resources.json.Json;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The functions of Kubernetes' language, by expressions that must be true, and by what they
/// refuse.
class FunctionsTest {

  private static Scope scope() {
    var typed = TypedSchema.of(Json.object().put("type", "integer"), false).orElseThrow();
    return Scope.of(typed.self(), typed.structs(), false);
  }

  private static Evaluation evaluate(String expression) {
    return scope().compile(expression, SimpleType.BOOL, "no bool").evaluate(Map.of("self", 5L));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "self == 5 && self > 4.5 && self < 5u + 1u",
        "'abc 123'.find('[0-9]+') == '123' && 'abc'.find('[0-9]+') == ''",
        "'123 abc 456'.findAll('[0-9]+') == ['123', '456']",
        "'123 abc 456'.findAll('[0-9]+', 1) == ['123'] && '1 2'.findAll('[0-9]', 0) == []",
        "'x-1'.matches('^x') && !'y'.matches('x')",
        "[1, 2, 2].isSorted() && !['b', 'a'].isSorted() && [false, true].isSorted()",
        "[1, 3].sum() == 4 && [1.5, 2.5].sum() == 4.0 && [duration('1m'), duration('1s')].sum() =="
            + " duration('1m1s')",
        "[1, 3, 2].max() == 3 && ['a', 'c'].min() == 'a'",
        "[1, 2, 1].indexOf(1) == 0 && [1, 2, 1].lastIndexOf(1) == 2 && [1].indexOf(2) == -1",
        "[1, 2, 3, 4].slice(1, 3) == [2, 3] && [[1], [2]].flatten() == [1, 2]",
        "[3, 1, 2].sort() == [1, 2, 3] && [1, 1, 2].distinct() == [1, 2] && lists.range(2) == [0,"
            + " 1]",
        "[1, 2].reverse() == [2, 1]",
        "isURL('https://example.com:80/a') && !isURL('example.com') && isURL('/path')",
        "url('https://user@Example.com:8080/a%20b?x=1&y=2&x=3#f').getScheme() == 'https'",
        "url('https://example.com:8080/').getHost() == 'example.com:8080'",
        "url('https://a/b#c').getEscapedPath() == '/b%23c' && url('/?a=b#c').getQuery() == {'a':"
            + " ['b#c']}",
        "!isURL('http://#%blah$#@') && !isURL('http://a#b') && !isURL('http://u#@h/')",
        "url('https://[::1]:8080/').getHostname() == '::1' && url('https://a/').getPort() == ''",
        "url('https://example.com:8080/').getPort() == '8080'",
        "url('https://example.com/with space/').getEscapedPath() == '/with%20space/'",
        "url('https://a/?k=v1&k=v2&e=').getQuery() == {'k': ['v1', 'v2'], 'e': ['']}",
        "isIP('127.0.0.1') && !isIP('127.0.0.256') && isIP('::1') && !isIP('1.2') &&"
            + " !isIP('::ffff:1.2.3.4')",
        "ip('127.0.0.1').family() == 4 && ip('::1').family() == 6 && ip('::1').isLoopback()",
        "ip.isCanonical('2001:db8::abcd') && !ip.isCanonical('2001:DB8::ABCD')",
        "string(ip('2001:DB8:0::ABCD')) == '2001:db8::abcd' && ip('0.0.0.0').isUnspecified()",
        "ip('224.0.0.1').isLinkLocalMulticast() && ip('169.254.169.254').isLinkLocalUnicast()",
        "ip('192.168.0.1').isGlobalUnicast() && !ip('255.255.255.255').isGlobalUnicast()",
        "ip('10.0.0.1') == ip('10.0.0.1') && ip('10.0.0.1') != ip('10.0.0.2')",
        "isCIDR('10.0.0.0/8') && !isCIDR('10.0.0.0/33') && !isCIDR('10.0.0.0') &&"
            + " isCIDR('::1/128')",
        "cidr('10.0.0.0/8').containsIP('10.9.9.9') &&"
            + " !cidr('10.0.0.0/8').containsIP(ip('11.0.0.1'))",
        "cidr('10.0.0.0/8').containsCIDR('10.1.0.0/16') &&"
            + " !cidr('10.1.0.0/16').containsCIDR(cidr('10.0.0.0/8'))",
        "cidr('192.168.1.7/24').masked() == cidr('192.168.1.0/24')",
        "cidr('2001:db8::1/32').masked() == cidr('2001:db8::/32') &&"
            + " cidr('2001:db8::/32').prefixLength() == 32",
        "cidr('192.168.1.0/24').ip() == ip('192.168.1.0') && string(cidr('10.0.0.0/8')) =="
            + " '10.0.0.0/8'",
        "isQuantity('1.3Gi') && !isQuantity('1Qi') && quantity('1k') == quantity('1000')",
        "quantity('50M').isGreaterThan(quantity('49M')) && quantity('1').isLessThan(quantity('2'))",
        "quantity('200M').compareTo(quantity('0.2G')) == 0 && sign(quantity('-5')) == -1",
        "quantity('50k').asInteger() == 50000 && !quantity('50.703').isInteger()",
        "quantity('50.703').asApproximateFloat() == 50.703",
        "quantity('50k').add(20) == quantity('50020') && quantity('50k').sub(quantity('20k')) =="
            + " quantity('30k')",
        "!format.dns1123Label().validate('my-label-name').hasValue()",
        "format.named('dns1123Label').value().validate('Bad').value().size() == 1",
        "!format.named('nosuch').hasValue() && format.uuid().validate('x').hasValue()",
        "!format.uri().validate('http://a/').hasValue() &&"
            + " !format.byte().validate('aGk=').hasValue()",
        "!format.date().validate('2021-01-01').hasValue() &&"
            + " format.date().validate('2021-13-01').hasValue()",
        "!format.dns1123LabelPrefix().validate('abc-').hasValue()",
        "isSemver('1.2.3') && !isSemver('v1.2.3') && isSemver('v1.2', true) && !isSemver('1.2.03')",
        "semver('1.2.3').major() == 1 && semver('1.2.3').minor() == 2 && semver('1.2.3').patch() =="
            + " 3",
        "semver('1.2.3').isGreaterThan(semver('1.2.3-rc.1')) &&"
            + " semver('1.0.0').isLessThan(semver('1.1.0'))",
        "semver('1.0.0-alpha.2').compareTo(semver('1.0.0-alpha.10')) == -1",
        "semver('v01.2', true) == semver('1.2.0')",
        "'tacocat'.charAt(3) == 'o' && 'hello'.indexOf('l') == 2 && 'hello'.lastIndexOf('l') == 3",
        "'TacoCat'.lowerAscii() == 'tacocat' && 'a'.upperAscii() == 'A'",
        "'a,b'.split(',') == ['a', 'b'] && ['a', 'b'].join('-') == 'a-b'",
        "'hello'.substring(1, 3) == 'el' && ' x '.trim() == 'x' && 'aa'.replace('a', 'b', 1) =="
            + " 'ba'",
        "'%d %s %s'.format([1, 'abc', ['a', 1]]) == '1 abc [\"a\", 1]'",
        "'%.2f %x %X %o %b %s%%'.format([1.005, 255, 255, 8, 5, true]) == '1.00 ff FF 10 101"
            + " true%'",
        "'%s %s'.format([duration('1m'), timestamp('2000-01-01T00:00:00Z')]) == '60s"
            + " 2000-01-01T00:00:00Z'",
        "sets.contains([1, 2], [2]) && sets.equivalent([1, 2], [2, 1]) && !sets.intersects([1],"
            + " [2])",
        "optional.of(1).hasValue() && optional.none().orValue(3) == 3 && {'a': 1}[?'b'].orValue(2)"
            + " == 2",
        "[1, 2].all(i, v, v == i + 1) && {'a': 1}.exists(k, v, k == 'a' && v == 1)",
        "{'a': 1, 'b': 2}.transformMap(k, v, v + 1) == {'a': 2, 'b': 3}",
        "[1, 2].transformList(i, v, i * v) == [0, 2]",
        "dyn(1) == 1.0 && 2 > 1.5 && dyn(1u) == 1 && dyn([1, 2]) == [1.0, 2.0] && dyn(1) in [1.0]",
        "size('héé') == 3 && b'abc'.size() == 3 && string(1.5) == '1.5'",
        "duration('1h').getMinutes() == 60 && timestamp('2020-02-29T00:00:00Z').getMonth() == 1",
        "type(1) == int && type('a') == string && type([1]) == list",
        "'\\\\'.size() == 1 && r'\\d' == '\\\\d'",
        "[1, 2, 3].exists_one(x, x == 2) && [1, 2].map(x, x > 1, x * 2) == [4]"
      })
  void areTrue(String expression) {
    assertThat(evaluate(expression))
        .as(expression)
        .matches(it -> it instanceof Evaluation.Value(Boolean kept, _) && kept);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          [1][self] == 1 | index out of bounds: 5
          {'a': 1}['b'] == 1 | no such key: b
          self / 0 == 1 | division by zero
          self + 9223372036854775807 > 0 | integer overflow
          dyn('a') > 1 | no such overload
          [1].filter(x, x > 1).max() == 1 | max called on empty list
          quantity('x') == quantity('1') | quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'
          ip('1.2.3') == ip('1.1.1.1') | IP Address "1.2.3" parse error during conversion from string: ParseAddr("1.2.3"): unable to parse IP
          quantity('0.5').asInteger() == 1 | cannot convert value to integer
          '%d'.format(['a']) == '' | could not parse formatting string: decimal clause can only be used on integers
          """)
  void failWithKubernetesWords(String expression, String words) {
    assertThat(evaluate(expression))
        .isInstanceOfSatisfying(
            Evaluation.Failed.class, failed -> assertThat(failed.words()).isEqualTo(words));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lists.range(1000000000).size() > 0",
        "lists.range(200).all(a, lists.range(200).all(b, lists.range(200).all(c, c >= 0)))",
        "lists.range(900).map(x, lists.range(900)).map(x, x.map(y, y + 1)).size() > 0"
      })
  void areEndedWhenTheyCostTooMuch(String expression) {
    assertThat(evaluate(expression))
        .isEqualTo(
            new Evaluation.Exhausted(
                "operation cancelled: actual cost limit exceeded", evaluate(expression).cost()));
  }
}
