package dev.troupe.resources.mutation.decision;

import static dev.troupe.resources.mutation.decision.Given.request;
import static dev.troupe.resources.mutation.decision.Given.store;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.resources.mutation.Mutation.PatchType;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What deployments and replica sets may report.
class WorkloadStatusRulesTest {

  private static final Given.Request DEPLOYMENT = request("deployments.apps", "apps/v1");
  private static final Given.Request REPLICA_SET = request("replicasets.apps", "apps/v1");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          # kind     | status                                            | field                       | what is wrong
          deployment | {'replicas':3,'readyReplicas':2,'availableReplicas':1,'updatedReplicas':3} |    |
          deployment | {'replicas':0,'unavailableReplicas':5}            |                             |
          deployment | {'observedGeneration':-1}                         | status.observedGeneration   | Invalid value: -1: must be greater than or equal to 0
          deployment | {'replicas':-1,'updatedReplicas':-1,'readyReplicas':-1,'availableReplicas':-1}               | status.replicas             | Invalid value: -1: must be greater than or equal to 0
          deployment | {'updatedReplicas':-1}                            | status.updatedReplicas      | Invalid value: -1: must be greater than or equal to 0
          deployment | {'readyReplicas':-1,'availableReplicas':-1}            | status.readyReplicas        | Invalid value: -1: must be greater than or equal to 0
          deployment | {'readyReplicas':0,'availableReplicas':-1}        | status.availableReplicas    | Invalid value: -1: must be greater than or equal to 0
          deployment | {'unavailableReplicas':-1}                        | status.unavailableReplicas  | Invalid value: -1: must be greater than or equal to 0
          deployment | {'terminatingReplicas':-1}                        | status.terminatingReplicas  | Invalid value: -1: must be greater than or equal to 0
          deployment | {'collisionCount':-1}                             | status.collisionCount       | Invalid value: -1: must be greater than or equal to 0
          deployment | {'replicas':1,'updatedReplicas':2}                | status.updatedReplicas      | Invalid value: 2: cannot be greater than status.replicas
          deployment | {'replicas':1,'readyReplicas':2}                  | status.readyReplicas        | Invalid value: 2: cannot be greater than status.replicas
          deployment | {'replicas':3,'readyReplicas':2,'availableReplicas':3} | status.availableReplicas | Invalid value: 3: cannot be greater than readyReplicas
          replicaSet | {'replicas':3,'fullyLabeledReplicas':3,'readyReplicas':2,'availableReplicas':2} | |
          replicaSet | {'observedGeneration':-1}                         | status.observedGeneration   | Invalid value: -1: must be greater than or equal to 0
          replicaSet | {'replicas':-1,'fullyLabeledReplicas':-1,'readyReplicas':-1,'availableReplicas':-1}               | status.replicas             | Invalid value: -1: must be greater than or equal to 0
          replicaSet | {'fullyLabeledReplicas':-1}                       | status.fullyLabeledReplicas | Invalid value: -1: must be greater than or equal to 0
          replicaSet | {'readyReplicas':-1,'availableReplicas':-1}            | status.readyReplicas        | Invalid value: -1: must be greater than or equal to 0
          replicaSet | {'terminatingReplicas':-1}                        | status.terminatingReplicas  | Invalid value: -1: must be greater than or equal to 0
          replicaSet | {'replicas':1,'fullyLabeledReplicas':2}           | status.fullyLabeledReplicas | Invalid value: 2: cannot be greater than status.replicas
          replicaSet | {'replicas':1,'readyReplicas':2}                  | status.readyReplicas        | Invalid value: 2: cannot be greater than status.replicas
          replicaSet | {'replicas':3,'readyReplicas':2,'availableReplicas':3} | status.availableReplicas | Invalid value: 3: cannot be greater than readyReplicas
          """)
  void counts(String kind, String status, String field, String wrong) {
    var request = kind.equals("deployment") ? DEPLOYMENT : REPLICA_SET;
    var stored = request.stored(CreationRulesTest.WEB.replace("Deployment", kindOf(kind)));
    Rules.check(
        request.at("status").patch(stored, PatchType.MERGE, "{'status':" + status + "}"),
        field,
        wrong);
  }

  @Test
  void collisionsAreNotForgotten() {
    var stored = DEPLOYMENT.stored(CreationRulesTest.WEB);
    var twice =
        store(
            DEPLOYMENT
                .at("status")
                .patch(stored, PatchType.MERGE, "{'status':{'collisionCount':2}}"));
    for (var fewer : Arrays.asList("1", "null")) {
      Rules.check(
          DEPLOYMENT
              .at("status")
              .patch(twice, PatchType.MERGE, "{'status':{'collisionCount':" + fewer + "}}"),
          "status.collisionCount",
          "Invalid value: " + fewer.replace("null", "0") + ": cannot be decremented");
    }
    var more =
        store(
            DEPLOYMENT
                .at("status")
                .patch(twice, PatchType.MERGE, "{'status':{'collisionCount':3}}"));
    assertThat(more.at("/status/collisionCount").asInt()).isEqualTo(3);
  }

  private static String kindOf(String kind) {
    return kind.equals("deployment") ? "Deployment" : "ReplicaSet";
  }
}
