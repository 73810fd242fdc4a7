import { closestCenter, DndContext, type DragEndEvent, PointerSensor, useSensor, useSensors } from "@dnd-kit/core";
import { arrayMove, SortableContext, useSortable, verticalListSortingStrategy } from "@dnd-kit/sortable";
import { CSS } from "@dnd-kit/utilities";
import { Button, Icon, InlineStack } from "@shopify/polaris";
import { DragHandleIcon } from "@shopify/polaris-icons";
import { useTexts } from "#app/components/texts.tsx";
import { TitledCard } from "#app/components/titled-card.tsx";
import type { EventRules, MessageRule } from "#app/modules/notifications/message-rules.ts";
import { RuleEditor } from "./rule-editor.tsx";
import type { DraftState } from "./use-draft.ts";
import type { TextReadiness } from "./channel-choice.tsx";

const MOST_RULES = 30;

interface RuleListProps {
  draft: DraftState<EventRules>;
  ready: TextReadiness;
}

/** The exceptions of an event; the first whose conditions all hold decides, and the order is changed by dragging or by keys. */
export function RuleList({ draft, ready }: RuleListProps) {
  const texts = useTexts();
  const { rules } = draft.value;
  const setRules = (next: MessageRule[]) => draft.change({ rules: next });
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 4 } }));
  const move = (from: number, to: number) => {
    if (from >= 0 && to >= 0 && to < rules.length) setRules(arrayMove(rules, from, to));
  };
  const onDragEnd = ({ active, over }: DragEndEvent) => {
    const positionOf = (id: unknown) => rules.findIndex((rule) => rule.id === id);
    move(positionOf(active.id), positionOf(over?.id));
  };
  return (
    <TitledCard text={texts(rules.length === 0 ? "rules.empty" : "rules.help")} title={texts("rules.title")}>
      <DndContext collisionDetection={closestCenter} id="rules" onDragEnd={onDragEnd} sensors={sensors}>
        <SortableContext items={rules.map(({ id }) => id)} strategy={verticalListSortingStrategy}>
          {rules.map((rule, position) => (
            <SortableRule
              key={rule.id}
              invalid={draft.hasProblem(`rules.${position}`)}
              onChange={(next) => setRules(rules.map((one) => (one.id === rule.id ? next : one)))}
              onMove={(by) => move(position, position + by)}
              onRemove={() => setRules(rules.filter(({ id }) => id !== rule.id))}
              rule={rule}
              ready={ready}
            />
          ))}
        </SortableContext>
      </DndContext>
      <InlineStack>
        <Button
          disabled={rules.length >= MOST_RULES}
          onClick={() => setRules([...rules, newRule(rules, texts("rules.new"))])}
        >
          {texts("rules.add")}
        </Button>
      </InlineStack>
    </TitledCard>
  );
}

/** The first free number makes its id: the same clicks make the same rules. */
function newRule(rules: readonly MessageRule[], name: string): MessageRule {
  let number = rules.length + 1;
  while (rules.some(({ id }) => id === `rule-${number}`)) number += 1;
  return {
    ...{ id: `rule-${number}`, name, on: true },
    when: [{ field: "order_tag", is: "any_of", values: [] }],
    then: { channels: ["email"], delayHours: 0 },
  };
}

interface SortableRuleProps {
  rule: MessageRule;
  invalid: boolean;
  ready: TextReadiness;
  onChange: (rule: MessageRule) => void;
  onRemove: () => void;
  /** One place up (-1) or down (1). */
  onMove: (by: 1 | -1) => void;
}

/** Dragged by its handle; with the keyboard, the arrow keys on the handle move it at once. */
function SortableRule(props: SortableRuleProps) {
  const texts = useTexts();
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition } = useSortable({
    id: props.rule.id,
  });
  const style = { transform: CSS.Transform.toString(transform), transition: transition ?? undefined };
  return (
    <div ref={setNodeRef} style={style}>
      <InlineStack align="start" blockAlign="start" gap="200" wrap={false}>
        <button
          ref={setActivatorNodeRef}
          {...attributes}
          {...listeners}
          aria-label={texts("rules.move", { name: props.rule.name })}
          onKeyDown={(event) => {
            if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
            event.preventDefault();
            props.onMove(event.key === "ArrowUp" ? -1 : 1);
          }}
          style={{ background: "none", border: 0, cursor: "grab", padding: "0.75rem 0.25rem", touchAction: "none" }}
          type="button"
        >
          <Icon source={DragHandleIcon} tone="subdued" />
        </button>
        <div style={{ flex: 1, minWidth: 0 }}>
          <RuleEditor {...props} />
        </div>
      </InlineStack>
    </div>
  );
}
