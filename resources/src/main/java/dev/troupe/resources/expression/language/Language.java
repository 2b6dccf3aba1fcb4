package dev.troupe.resources.expression.language;

import dev.cel.common.CelOptions;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelListsExtensions;
import dev.cel.extensions.CelStringExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.CelStandardFunctions;
import dev.cel.runtime.CelStandardFunctions.StandardFunction;
import dev.cel.runtime.standard.AddOperator.AddOverload;
import dev.cel.runtime.standard.CelStandardOverload;
import dev.cel.runtime.standard.InOperator.InOverload;
import dev.cel.validator.CelValidator;
import dev.cel.validator.CelValidatorFactory;
import dev.cel.validator.validators.HomogeneousLiteralValidator;
import dev.troupe.resources.expression.library.KubernetesLibrary;
import java.util.EnumSet;
import java.util.Set;

/// The language with all its functions. It is made when somebody first has an expression, since it
/// takes its time.
final class Language {

  /// The longest expression, and how deep it may be nested.
  private static final int CHARACTERS = 100_000;

  private static final int DEPTH = 250;

  private static final CelOptions OPTIONS = options();

  /// Reversing texts came later than Kubernetes' version of these functions.
  private static final Set<CelStringExtensions.Function> TEXTS =
      EnumSet.complementOf(EnumSet.of(CelStringExtensions.Function.REVERSE));

  /// The library's `sortBy` makes lists of pairs, of which its checker finds that they have no
  /// type.
  private static final Set<CelListsExtensions.Function> LISTS =
      EnumSet.complementOf(EnumSet.of(CelListsExtensions.Function.SORT_BY));

  private static final Set<StandardFunction> OWN =
      EnumSet.of(StandardFunction.EQUALS, StandardFunction.NOT_EQUALS, StandardFunction.MATCHES);

  private Language() {}

  @SuppressWarnings("deprecation") // values of Java are what everything here works with
  private static CelOptions options() {
    return CelOptions.current()
        .enableOptionalSyntax(true)
        .enableHeterogeneousNumericComparisons(true)
        .enableUnsignedLongs(true)
        .evaluateCanonicalTypesToNativeValues(true)
        .maxExpressionCodePointSize(CHARACTERS)
        .maxParseRecursionDepth(DEPTH)
        .maxParseErrorRecoveryLimit(30)
        .build();
  }

  /// Made on first use.
  private static final class Made {
    private static final KubernetesLibrary KUBERNETES = new KubernetesLibrary();

    private static final CelCompiler COMPILER =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addLibraries(
                CelExtensions.optional(),
                CelExtensions.strings(TEXTS),
                CelExtensions.lists(LISTS),
                CelExtensions.sets(OPTIONS),
                CelExtensions.comprehensions(),
                KUBERNETES)
            .build();

    private static final CelRuntime RUNTIME =
        CelRuntimeFactory.legacyCelRuntimeBuilder()
            .setOptions(OPTIONS)
            .setStandardEnvironmentEnabled(false)
            .setStandardFunctions(
                CelStandardFunctions.newBuilder().filterFunctions(Language::isTheirs).build())
            .addLibraries(
                CelExtensions.optional(),
                CelExtensions.strings(TEXTS),
                CelExtensions.lists(LISTS),
                CelExtensions.sets(OPTIONS),
                CelExtensions.comprehensions(),
                KUBERNETES)
            .build();

    private static final CelValidator VALIDATOR =
        CelValidatorFactory.standardCelValidatorBuilder(COMPILER, RUNTIME)
            .addAstValidators(HomogeneousLiteralValidator.newInstance("format"))
            .build();

    private Made() {}
  }

  private static boolean isTheirs(StandardFunction function, CelStandardOverload overload) {
    return !OWN.contains(function)
        && overload != AddOverload.ADD_LIST
        && overload != InOverload.IN_LIST;
  }

  static CelCompiler compiler() {
    return Made.COMPILER;
  }

  /// Finds lists and maps that are written with values of several types.
  static CelValidator validator() {
    return Made.VALIDATOR;
  }

  static CelRuntime runtime() {
    return Made.RUNTIME;
  }
}
