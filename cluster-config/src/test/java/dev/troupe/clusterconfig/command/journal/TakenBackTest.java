package dev.troupe.clusterconfig.command.journal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class TakenBackTest {

  private static final JsonMapper JSON = JsonMapper.shared();

  private static TakenBack takenBack(String changes, String fields, String now) {
    return TakenBack.of(
        JSON.readTree(
            "{'resourceVersion':'7','changes':[%s]}".formatted(changes).replace('\'', '"')),
        JSON.readTree("{'fields':[%s]}".formatted(fields).replace('\'', '"')),
        (ObjectNode) JSON.readTree(now.replace('\'', '"')));
  }

  private static String setBy(String path, String version) {
    return "{'path':'%s','setBy':{'resourceVersion':'%s','by':{'kind':'user','name':'bob'}}}"
        .formatted(path, version);
  }

  private static String json(TakenBack back) {
    return back.state().toString().replace('"', '\'');
  }

  @Test
  void fieldIsAsItWasBefore() {
    var back =
        takenBack(
            "{'path':'.spec.replicas','steps':['spec','replicas'],'before':1,'after':3}",
            setBy(".spec.replicas", "7"),
            "{'spec':{'replicas':3,'paused':true}}");
    assertThat(json(back)).isEqualTo("{'spec':{'replicas':1,'paused':true}}");
    assertThat(back.undone()).containsExactly(".spec.replicas");
  }

  @Test
  void whatSomebodyHasSetSinceIsLeft() {
    var back =
        takenBack(
            "{'path':'.spec.replicas','steps':['spec','replicas'],'before':1,'after':3}",
            setBy(".spec.replicas", "9"),
            "{'spec':{'replicas':5}}");
    assertThat(json(back)).isEqualTo("{'spec':{'replicas':5}}");
    assertThat(back.left()).containsEntry(".spec.replicas", "bob has set it since");
  }

  @Test
  void whatWasAddedGoesWithWhatIsEmptyThen() {
    var back =
        takenBack(
            "{'path':'.metadata.labels.a','steps':['metadata','labels','a'],'after':'b'}",
            setBy(".metadata.labels.a", "7"),
            "{'metadata':{'name':'web','labels':{'a':'b'}}}");
    assertThat(json(back)).isEqualTo("{'metadata':{'name':'web'}}");
  }

  @Test
  void whatWasRemovedIsThereAgain() {
    var item = "{'item':{'name':'web'}}";
    var back =
        takenBack(
            "{'path':'.c[].image','steps':['c',%s,'image'],'before':'nginx'},".formatted(item)
                + "{'path':'.c[].name','steps':['c',%s,'name'],'before':'web'},".formatted(item)
                + "{'path':'.l','steps':['l','x.y/z'],'before':'1'}",
            "",
            "{'c':[{'name':'other'}]}");
    assertThat(json(back))
        .isEqualTo("{'c':[{'name':'other'},{'name':'web','image':'nginx'}],'l':{'x.y/z':'1'}}");
  }

  @Test
  void itemsOfListsAreFoundByTheirKeys() {
    var back =
        takenBack(
            "{'path':'.c[].image','steps':['c',{'item':{'name':'b'}},'image'],'before':'1','after':'2'}",
            setBy(".c[].image", "7"),
            "{'c':[{'name':'a','image':'2'},{'name':'b','image':'2'}]}");
    assertThat(json(back)).isEqualTo("{'c':[{'name':'a','image':'2'},{'name':'b','image':'1'}]}");
  }

  @Test
  void membersOfSetsComeAndGo() {
    var back =
        takenBack(
            "{'path':'.f[=a]','steps':['f',{'value':'a'}],'after':'a'},"
                + "{'path':'.f[=b]','steps':['f',{'value':'b'}],'before':'b'}",
            setBy(".f[=a]", "7"),
            "{'f':['a','c']}");
    assertThat(json(back)).isEqualTo("{'f':['c','b']}");
  }

  @Test
  void whatSaysHowThingsAreIsLeft() {
    var back =
        takenBack(
            "{'path':'.status.ready','steps':['status','ready'],'before':1,'after':2},"
                + "{'path':'.metadata.generation','steps':['metadata','generation'],'before':1,'after':2}",
            setBy(".status.ready", "7") + "," + setBy(".metadata.generation", "7"),
            "{'metadata':{'generation':2},'status':{'ready':2}}");
    assertThat(back.undone()).isEmpty();
    assertThat(back.left()).hasSize(2);
  }
}
