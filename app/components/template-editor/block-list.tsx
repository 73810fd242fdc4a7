import {
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
} from "@dnd-kit/core";
import {
  arrayMove,
  SortableContext,
  sortableKeyboardCoordinates,
  verticalListSortingStrategy,
} from "@dnd-kit/sortable";
import { ActionList, BlockStack, Box, Button, Card, InlineStack, Popover, Text } from "@shopify/polaris";
import { PlusIcon } from "@shopify/polaris-icons";
import { useState } from "react";
import type { MailTemplateBlockType, TemplateProblem } from "#app/modules/notifications/template-editor.ts";
import { useTexts } from "../texts.tsx";
import { BlockRow } from "./block-row.tsx";
import { BLOCK_TYPES, newBlock } from "./new-block.ts";
import { useSpokenMoves } from "./use-spoken-moves.ts";
import type { TemplateEditorState } from "./use-template-editor.ts";

const MAX_BLOCKS = 40;

/** The blocks of the mail from top to bottom. */
export function BlockList({ editor, problems }: { editor: TemplateEditorState; problems: readonly TemplateProblem[] }) {
  const texts = useTexts();
  const { blocks } = editor.drafts.email;
  const [open, setOpen] = useState<string | null>(null);
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const spoken = useSpokenMoves(blocks);
  const move = ({ active, over }: DragEndEvent) => {
    const [from, to] = [active.id, over?.id].map((id) => blocks.findIndex((block) => block.id === id));
    if (from === undefined || to === undefined || from < 0 || to < 0 || from === to) return;
    editor.changeMail({ blocks: arrayMove(blocks, from, to) });
  };
  const add = (type: MailTemplateBlockType) => {
    const block = newBlock(type, blocks);
    // New things go above the small print.
    const footer = blocks.findIndex((one) => one.type === "divider" || one.type === "footer");
    const at = footer < 0 ? blocks.length : footer;
    editor.changeMail({ blocks: [...blocks.slice(0, at), block, ...blocks.slice(at)] });
    setOpen(block.id);
  };
  return (
    <Card padding="0">
      <Box padding="400" paddingBlockEnd="200">
        <InlineStack align="space-between" blockAlign="center">
          <Text as="h2" variant="headingMd">
            {texts("editor.blocks")}
          </Text>
          <AddBlock disabled={blocks.length >= MAX_BLOCKS} onAdd={add} />
        </InlineStack>
      </Box>
      <DndContext accessibility={spoken} collisionDetection={closestCenter} onDragEnd={move} sensors={sensors}>
        <SortableContext items={blocks.map(({ id }) => id)} strategy={verticalListSortingStrategy}>
          <BlockStack>
            {blocks.map((block) => (
              <BlockRow
                block={block}
                editor={editor}
                key={block.id}
                onRemove={() => editor.changeMail({ blocks: blocks.filter(({ id }) => id !== block.id) })}
                onToggle={() => setOpen(open === block.id ? null : block.id)}
                open={open === block.id}
                problems={problems}
              />
            ))}
          </BlockStack>
        </SortableContext>
      </DndContext>
    </Card>
  );
}

function AddBlock({ disabled, onAdd }: { disabled: boolean; onAdd(type: MailTemplateBlockType): void }) {
  const texts = useTexts();
  const [open, setOpen] = useState(false);
  return (
    <Popover
      activator={
        <Button disabled={disabled} icon={PlusIcon} onClick={() => setOpen(!open)}>
          {texts("editor.add_block")}
        </Button>
      }
      active={open}
      onClose={() => setOpen(false)}
    >
      <Popover.Pane>
        <ActionList
          items={BLOCK_TYPES.map((type) => ({
            content: texts(`editor.block_${type}`),
            helpText: texts(`editor.about_${type}`),
            onAction: () => {
              setOpen(false);
              onAdd(type);
            },
          }))}
        />
      </Popover.Pane>
    </Popover>
  );
}
