import { useSortable } from "@dnd-kit/sortable";
import { CSS } from "@dnd-kit/utilities";
import { Badge, Box, Button, Collapsible, Icon, InlineStack, Text } from "@shopify/polaris";
import { DeleteIcon, DragHandleIcon, HideIcon, ViewIcon } from "@shopify/polaris-icons";
import type { MailTemplateBlock, TemplateProblem } from "#app/modules/notifications/template-editor.ts";
import { useTexts } from "../texts.tsx";
import { BlockSettings } from "./block-settings.tsx";
import type { TemplateEditorState } from "./use-template-editor.ts";

interface BlockRowProps {
  block: MailTemplateBlock;
  editor: TemplateEditorState;
  problems: readonly TemplateProblem[];
  open: boolean;
  onToggle(): void;
  onRemove(): void;
}

/** One block of the list: drag it by its handle (with the keyboard, too), open it to set it, hide or remove it. */
export function BlockRow({ block, editor, problems, open, onToggle, onRemove }: BlockRowProps) {
  const texts = useTexts();
  const { attributes, listeners, setNodeRef, transform, transition, isDragging } = useSortable({ id: block.id });
  const name = texts(`editor.block_${block.type}`);
  const own = problems.filter(({ slot }) => slot.startsWith(`${block.id}.`));
  const broken = own.some(({ severity }) => severity === "error");
  return (
    <div
      ref={setNodeRef}
      style={{
        opacity: isDragging ? 0.6 : 1,
        transform: CSS.Translate.toString(transform),
        transition: transition ?? "",
      }}
    >
      <Box
        background={open ? "bg-surface-secondary" : "bg-surface"}
        borderBlockEndWidth="025"
        borderColor="border"
        padding="150"
      >
        <InlineStack align="space-between" blockAlign="center" gap="200" wrap={false}>
          <InlineStack blockAlign="center" gap="100" wrap={false}>
            <button
              {...attributes}
              {...listeners}
              aria-label={texts("editor.move", { name })}
              style={{ background: "none", border: 0, cursor: "grab", padding: 6, touchAction: "none" }}
              type="button"
            >
              <Icon source={DragHandleIcon} tone="subdued" />
            </button>
            <Button
              ariaControls={`settings-${block.id}`}
              ariaExpanded={open}
              disclosure={open ? "up" : "down"}
              onClick={onToggle}
              textAlign="left"
              variant="tertiary"
            >
              {name}
            </Button>
            {block.hidden && <Badge>{texts("editor.hidden")}</Badge>}
            {own.length > 0 && <Badge tone={broken ? "critical" : "attention"}>{String(own.length)}</Badge>}
          </InlineStack>
          <InlineStack gap="100" wrap={false}>
            <Button
              accessibilityLabel={texts(block.hidden ? "editor.show_block" : "editor.hide_block", { name })}
              icon={block.hidden ? HideIcon : ViewIcon}
              onClick={() => editor.changeBlock(block.id, { hidden: !block.hidden })}
              variant="tertiary"
            />
            <Button
              accessibilityLabel={texts("editor.remove_block", { name })}
              disabled={editor.drafts.email.blocks.length === 1}
              icon={DeleteIcon}
              onClick={onRemove}
              variant="tertiary"
            />
          </InlineStack>
        </InlineStack>
        <Collapsible id={`settings-${block.id}`} open={open}>
          <Box paddingBlock="300" paddingInline="300">
            {open ? <BlockSettings block={block} editor={editor} problems={own} /> : <Text as="span">{""}</Text>}
          </Box>
        </Collapsible>
      </Box>
    </div>
  );
}
