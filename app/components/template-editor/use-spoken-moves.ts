import type { Announcements, DndContextProps, UniqueIdentifier } from "@dnd-kit/core";
import type { MailTemplateBlock } from "#app/modules/notifications/template-editor.ts";
import { useTexts } from "../texts.tsx";

/** What is said aloud while a block is moved, for those who do not see it move. */
export function useSpokenMoves(blocks: readonly MailTemplateBlock[]): NonNullable<DndContextProps["accessibility"]> {
  const texts = useTexts();
  const nameOf = (id: UniqueIdentifier) => {
    const block = blocks.find((one) => one.id === id);
    return block ? texts(`editor.block_${block.type}`) : "";
  };
  const put = (id: UniqueIdentifier) => texts("editor.drag_end", { name: nameOf(id) });
  const announcements: Announcements = {
    onDragStart: ({ active }) => texts("editor.drag_start", { name: nameOf(active.id) }),
    onDragOver({ active, over }) {
      if (!over) return undefined;
      const place = blocks.findIndex(({ id }) => id === over.id) + 1;
      return texts("editor.drag_over", { name: nameOf(active.id), place });
    },
    onDragEnd: ({ active }) => put(active.id),
    onDragCancel: ({ active }) => put(active.id),
  };
  return { announcements, screenReaderInstructions: { draggable: texts("editor.drag_help") } };
}
