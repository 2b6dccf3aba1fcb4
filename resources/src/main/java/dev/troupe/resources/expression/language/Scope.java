package dev.troupe.resources.expression.language;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableMap;
import com.google.errorprone.annotations.Immutable;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.OptionalType;
import dev.cel.compiler.CelCompiler;
import dev.troupe.resources.expression.cost.estimate.CostEstimator;
import dev.troupe.resources.expression.type.ExpressionType;
import java.util.Optional;

/// What expressions can speak of at one place of a schema: `self`, and what it was before.
public final class Scope {

  public static final String SELF = "self";
  public static final String OLD = "oldSelf";

  private final ExpressionType self;
  private final CelCompiler compiler;

  private Scope(ExpressionType self, CelCompiler compiler) {
    this.self = self;
    this.compiler = compiler;
  }

  /// @param optionalOld whether expressions are asked even where there was nothing before
  public static Scope of(
      ExpressionType self, ImmutableMap<String, CelType> structs, boolean optionalOld) {
    var old = optionalOld ? OptionalType.create(self.cel()) : self.cel();
    return new Scope(
        self,
        Language.compiler()
            .toCompilerBuilder()
            .setTypeProvider(new Structs(structs))
            .addVar(SELF, self.cel())
            .addVar(OLD, old)
            .build());
  }

  /// @throws Miswritten if the text is no expression that has a value of this type
  public Expression compile(String text, CelType result, String otherwise) {
    var parsed = compiler.parse(text);
    if (parsed.hasError()) {
      throw new Miswritten(Complaints.ofParser(parsed));
    }
    var checked = compiler.check(ast(parsed));
    if (checked.hasError()) {
      throw new Miswritten(Complaints.ofChecker(checked));
    }
    var ast = ast(checked);
    var literals = Language.validator().validate(ast);
    if (literals.hasError()) {
      throw new Miswritten(Complaints.ofChecker(literals));
    }
    Literals.check(ast);
    if (!ast.getResultType().equals(result)) {
      throw new Miswritten(otherwise);
    }
    return new Expression(ast, CostEstimator.estimate(ast, self));
  }

  private static CelAbstractSyntaxTree ast(CelValidationResult result) {
    try {
      return result.getAst();
    } catch (CelValidationException e) {
      throw new IllegalStateException("a result without errors has no tree", e);
    }
  }

  /// The types of objects, by name.
  @Immutable
  private record Structs(ImmutableMap<String, CelType> structs) implements CelTypeProvider {

    @Override
    public ImmutableCollection<CelType> types() {
      return structs.values();
    }

    @Override
    public Optional<CelType> findType(String name) {
      return Optional.ofNullable(structs.get(name));
    }
  }
}
